// Woken by a push without content: asks Parceo what waits, over the browser's own session, and shows it. Nobody signed
// in any more: a sentence that says nothing.
self.addEventListener("push", event => event.waitUntil(show()));

async function show() {
  let notices = [];
  try {
    const answer = await fetch("/api/notifications/notices?waiting=true&limit=5", { headers: { "X-Parceo-Live": "1" } });
    if (answer.ok) notices = (await answer.json()).notices;
  } catch { /* no network: the sentence below */ }
  if (notices.length === 0) notices = [{ id: "parceo", text: "Quelque chose vous attend dans Parceo.", link: "/notifications", urgent: false }];
  await Promise.all(notices.map(n => self.registration.showNotification("Parceo", {
    body: n.text, tag: n.id, data: { id: n.id, link: n.link }, requireInteraction: n.urgent, renotify: n.urgent,
  })));
}

self.addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil((async () => {
    const { link } = event.notification.data;
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const page = open.find(c => "focus" in c);
    if (page) { await page.focus(); return page.navigate(link); }
    return self.clients.openWindow(link);
  })());
});
