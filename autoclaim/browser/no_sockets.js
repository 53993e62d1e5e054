// Takes from a page what would come past the gate: its WebSockets, and those of its workers, which
// inherit the policy of the page that makes them. Runs in every document before the page's scripts.
(() => {
  delete globalThis.WebTransport;
  if (document.contentType !== "text/html") {
    // A picture or another document without a head has no place for a policy.
    delete globalThis.Worker;
    delete globalThis.WebSocket;
    return;
  }
  const bind = () => {
    const policy = document.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = "POLICY";
    document.head.append(policy);
    policy.remove(); // it holds all the same, and the page finds its head as it made it
  };
  if (document.head) {
    bind();
    return;
  }
  const watch = new MutationObserver(() => {
    if (!document.head) return;
    watch.disconnect();
    bind();
  });
  watch.observe(document, { childList: true, subtree: true });
})();
