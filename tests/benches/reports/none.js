// A page that reports nothing: what the bursts themselves cost.

export const start = async () => ({ report: () => {} });
