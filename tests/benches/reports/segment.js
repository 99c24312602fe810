// Segment's library with its events in batches of a hundred, as it sends fewer requests that way than by default.

import { AnalyticsBrowser } from '@segment/analytics-next';

export async function start() {
  const delivery = { strategy: 'batching', config: { size: 100, timeout: 5_000 } };
  const settings = { apiKey: 'bench', apiHost: `${location.host}/to/segment`, protocol: 'http', deliveryStrategy: delivery };
  const analytics = AnalyticsBrowser.load({ writeKey: 'bench', cdnSettings: { integrations: { 'Segment.io': settings } } }, { integrations: { 'Segment.io': settings } });
  return { ready: analytics.ready(), report: (data) => analytics.track('act', data) };
}
