"""The page in a real browser: no message of the console, no request, nothing wider than the screen."""

import http.server
import os
import re
import shutil
import subprocess
import threading
from html import escape

import pytest

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--enable-logging=stderr", "--v=0", "--virtual-time-budget=3000"),
)
FRAME = """<iframe style="width: {width}px; height: 800px; border: 0" srcdoc="{page}"></iframe>
<script>onload = () => {{
  const root = document.querySelector("iframe").contentDocument.documentElement;
  document.title = root.scrollWidth + " of " + root.clientWidth;
}}</script>"""


def shown(address, profile, *options):
    """Output and messages of the browser."""
    command = [BROWSER, *OPTIONS, f"--user-data-dir={profile}", *options, address]
    environment = {key: value for key, value in os.environ.items() if key != "DBUS_SESSION_BUS_ADDRESS"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, env=environment)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


MEASURED = """<iframe style="width: {width}px; height: 800px; border: 0" srcdoc="{page}"></iframe>
<script>onload = () => {{
  const page = document.querySelector("iframe").contentDocument, cut = [];
  const edge = page.body.getBoundingClientRect().right + 0.5;
  for (const figure of page.querySelectorAll("figure")) {{
    const svg = figure.querySelector("svg"), box = svg.getBoundingClientRect();
    for (const one of svg.querySelectorAll("use, path, image")) {{
      if (one.closest("defs, clipPath, [clip-path]")) continue;
      const drawn = one.getBoundingClientRect();
      if (drawn.right > box.right + 0.5 || drawn.left < box.left - 0.5 || drawn.bottom > box.bottom + 0.5
          || drawn.top < box.top - 0.5) {{ cut.push(svg.querySelector("title").textContent); break; }}
    }}
    for (const words of figure.querySelectorAll("figcaption, .source"))
      if (words.scrollWidth > words.clientWidth || words.getBoundingClientRect().right > edge)
        cut.push(words.textContent);
  }}
  document.title = page.querySelectorAll("figure svg").length + " figures, cut: " + JSON.stringify(cut);
}}</script>"""


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_of_a_figure_is_cut(width, lang, pages, tmp_path):
    page = re.sub(r"<meta http-equiv[^>]*>", "", pages[lang])
    file = tmp_path / "page.html"
    file.write_text(MEASURED.format(width=width, page=escape(page)), encoding="utf-8")
    dom, _ = shown(file.as_uri(), tmp_path / "profile", "--dump-dom", "--window-size=1400,900")
    n, cut = re.search(r"<title>(\d+) figures, cut: (.*?)</title>", dom, re.DOTALL).groups()
    assert int(n) > 10
    assert cut == "[]"


@pytest.mark.parametrize("lang", ["en", "id"])
def test_no_message_and_no_request(lang, pages, tmp_path):
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            body = pages[lang].encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page, messages = shown(f"http://127.0.0.1:{server.server_port}/", tmp_path, "--dump-dom")
        server.shutdown()
    assert "</footer>" in page
    assert messages == []
    assert asked == ["/"]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen(width, pages, tmp_path):
    page = re.sub(r"<meta http-equiv[^>]*>", "", pages["en"])
    file = tmp_path / "page.html"
    file.write_text(FRAME.format(width=width, page=escape(page)), encoding="utf-8")
    dom, _ = shown(file.as_uri(), tmp_path / "profile", "--dump-dom", "--window-size=1400,900")
    wide, room = re.search(r"<title>(\d+) of (\d+)</title>", dom).groups()
    assert int(wide) == int(room) <= width
