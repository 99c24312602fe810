// PostHog as its documents have it for events alone: nothing is captured by itself, nothing else is fetched, and its limit of ten events a second is lifted.

import posthog from 'posthog-js';

export async function start() {
  const loaded = new Promise((loaded) => {
    posthog.init('phc_bench', {
      api_host: `${location.origin}/to/posthog`,
      autocapture: false,
      capture_pageview: false,
      capture_pageleave: false,
      disable_session_recording: true,
      disable_surveys: true,
      disable_external_dependency_loading: true,
      advanced_disable_flags: true,
      opt_out_useragent_filter: true,
      rate_limiting: { events_per_second: 1_000, events_burst_limit: 10_000 },
      loaded,
    });
  });
  return { ready: loaded, report: (data) => posthog.capture('act', data) };
}
