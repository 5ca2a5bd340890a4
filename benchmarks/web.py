"""What a request costs: our app against nginx with the same bytes as files, and what a calendar takes in memory.

CPU seconds of the server's processes from /proc, over loopback, one connection that is kept open; one run after the
other in turns, so that other work on the machine meets both. Writes docs/measurements/web.md. Linux, and nginx, only:
without nginx nothing is measured.

    python benchmarks/web.py [PROJECT]

Without a published project it is the Hamm year, planned for this.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import feeds

from gremienplan.loading import AKTE, read_release
from gremienplan.release import release_to_json
from gremienplan.web import app
from gremienplan.web.schnappschuss import Schnappschuss

WURZEL = Path(__file__).parent.parent
ZIEL = WURZEL / "docs" / "measurements" / "web.md"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
FEED = "alle.ics"
CONF = """daemon off; pid {dir}/pid; error_log {dir}/error warn; worker_processes 1;
events {{ }}
http {{
  access_log off; sendfile on; keepalive_requests 1000000; types {{ text/calendar ics; }}
  client_body_temp_path {dir}/b; proxy_temp_path {dir}/p; fastcgi_temp_path {dir}/f; uwsgi_temp_path {dir}/u;
  scgi_temp_path {dir}/s;
  server {{
    listen 127.0.0.1:{port}; root {dir}/www;
    location /feeds/ {{ add_header Cache-Control "public, max-age=300"; }}
  }}
}}
"""


def cpu(pid: int) -> float:
    """Return the CPU seconds of a process and its children."""
    found = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            felder = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == pid or int(felder[1]) == pid:
            found += int(felder[11]) + int(felder[12])
    return found / os.sysconf("SC_CLK_TCK")


def ask(offen: socket.socket, kopf: bytes) -> tuple[int, bytes]:
    """Send a request and read the whole answer: its status and ETag."""
    offen.sendall(kopf)
    data = b""
    while b"\r\n\r\n" not in data:
        data += offen.recv(1 << 20)
    head, _, body = data.partition(b"\r\n\r\n")
    felder = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    fehlt = int(felder.get(b"content-length", b"0")) - len(body)
    while fehlt > 0:
        fehlt -= len(offen.recv(1 << 20))
    return int(head.split(b" ", 2)[1]), felder[b"etag"]


def run(pid: int, port: int, count: int, *, bekannt: bool, ueblich: bool = False) -> float:
    """Return the microseconds of CPU a request takes: of a 200, or of a 304 (``bekannt``).

    ``ueblich``: with a header that no short cut takes.
    """
    with socket.create_connection(("127.0.0.1", port)) as offen:
        offen.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        kopf = (
            b"GET /feeds/%s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: benchmark\r\nAccept: */*\r\n"
            % FEED.encode()
        )
        if ueblich:
            kopf += b"TE: trailers\r\n"
        _, etag = ask(offen, kopf + b"\r\n")
        if bekannt:
            kopf += b"If-None-Match: " + etag + b"\r\n"
        kopf += b"\r\n"
        for _ in range(200):
            ask(offen, kopf)
        before = cpu(pid)
        for _ in range(count):
            status, _ = ask(offen, kopf)
            assert status == (304 if bekannt else 200)
        return (cpu(pid) - before) / count * 1e6


def app_alone(quelle: Any, count: int, *, bekannt: bool) -> float:
    """Return the microseconds of CPU the app itself takes of that, without a server around it."""
    anwendung = app(quelle)
    etag = anwendung.bestand.jetzt.feed(FEED).marke
    headers = [(b"host", b"localhost"), (b"user-agent", b"benchmark"), (b"accept", b"*/*")]
    if bekannt:
        headers.append((b"if-none-match", b'"%s"' % etag))
    scope = {"type": "http", "method": "GET", "path": f"/feeds/{FEED}", "headers": headers, "root_path": ""}

    async def send(_: Any) -> None:
        return None

    async def many() -> float:
        before = time.process_time()
        for _ in range(count):
            await anwendung(scope, None, send)
        return time.process_time() - before

    return asyncio.run(many()) / count * 1e6


def memory(projekt: Path) -> tuple[int, int, float]:
    """Return how many calendars there are, the bytes of all bodies and compressed bodies, and the memory they take."""
    release = read_release(projekt)
    warm = Schnappschuss.of(release, "", nur_oeffentlich=False, gzip=True)
    for name in warm.kalender:
        warm.feed(name)
    del warm
    schnappschuss = Schnappschuss.of(release, "", nur_oeffentlich=False, gzip=True)
    namen = list(schnappschuss.kalender)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for name in namen:
        schnappschuss.feed(name)
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    bodies = sum(len(a.body) + len(a.zip or b"") for a in schnappschuss.antworten.values())
    return len(namen), bodies, taken


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as offen:
        return int(offen.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"nobody listens at port {port}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("projekt", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=3000, help="requests of a run")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    if not Path(NGINX).exists():
        print(
            "nginx is not installed: what a request costs is not measured; docs/measurements/web.md stays as it is"
        )
        return
    with tempfile.TemporaryDirectory() as ordner:
        measure(args.projekt or planned(Path(ordner)), args.count, args.runs)


def planned(ordner: Path) -> Path:
    """Return a copy of the Hamm year that is published."""
    projekt = Path(shutil.copytree(feeds.HAMM, ordner / feeds.HAMM.name))
    (projekt / AKTE).write_text(release_to_json(feeds.planned()), "utf-8")
    return projekt


def measure(projekt: Path, requests: int, runs: int) -> None:
    """Measure, and write the page."""
    release = read_release(projekt)
    body = Schnappschuss.of(release, "", nur_oeffentlich=False, gzip=False).feed(FEED).body
    with tempfile.TemporaryDirectory() as ordner, ExitStack() as ende:
        Path(ordner).chmod(0o755)
        feed = Path(ordner, "www", "feeds", FEED)
        feed.parent.mkdir(parents=True)
        feed.write_bytes(body)
        ports = {"nginx": free_port(), "serve": free_port()}
        conf = Path(ordner, "conf")
        conf.write_text(CONF.format(dir=ordner, port=ports["nginx"]))
        commands = {
            "nginx": [NGINX, "-e", f"{ordner}/error", "-c", str(conf)],
            "serve": [
                sys.executable,
                "-m",
                "gremienplan",
                "serve",
                str(projekt),
                "--port",
                str(ports["serve"]),
            ],
        }
        pids = {}
        for name, command in commands.items():
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            ende.callback(process.wait)
            ende.callback(process.terminate)
            pids[name] = process.pid
            wait_for(ports[name])
        found: dict[tuple[str, bool], list[float]] = {}
        for _ in range(runs):
            for bekannt in (False, True):
                for name in commands:
                    took = run(pids[name], ports[name], requests, bekannt=bekannt)
                    found.setdefault((name, bekannt), []).append(took)
                took = run(pids["serve"], ports["serve"], min(requests, 300), bekannt=bekannt, ueblich=True)
                found.setdefault(("uvicorn", bekannt), []).append(took)
                found.setdefault(("app", bekannt), []).append(app_alone(projekt, requests, bekannt=bekannt))
    median = {key: statistics.median(values) for key, values in found.items()}
    namen = {
        "nginx": "nginx, a file",
        "serve": "`gremienplan serve`",
        "uvicorn": "the same without its short cut: uvicorn and the app, as when mounted",
        "app": "of that the app alone",
    }
    zeilen = []
    for name, words in namen.items():
        both = [median[name, bekannt] for bekannt in (False, True)]
        ratio = [took / median["nginx", bekannt] for took, bekannt in zip(both, (False, True), strict=True)]
        zeilen.append(f"| {words} | {both[0]:.0f} | {ratio[0]:.1f} | {both[1]:.0f} | {ratio[1]:.1f} |")
    count, bodies, taken = memory(projekt)
    ZIEL.write_text(
        f"""# What a request costs

`python benchmarks/web.py` ({projekt.name}): microseconds of CPU per request for `{FEED}` ({len(body):,} bytes, not
compressed), over loopback and one open connection; median of {runs} runs of {requests:,} requests in turns.
{_server()}. Read the ratio; microseconds differ between machines.

| | 200 | times nginx | 304 | times nginx |
|---|---|---|---|---|
{chr(10).join(zeilen)}

Memory: all {count} calendars, once written, take {taken / 1e6:.2f} MB with their headers; bodies and compressed
bodies alone are {bodies / 1e6:.2f} MB: {taken / bodies:.2f} times.
""",
        "utf-8",
    )
    print(ZIEL.read_text("utf-8"))


def _server() -> str:
    """Say what speaks HTTP."""
    import importlib.util
    from importlib.metadata import version

    schnell = [n for n in ("httptools", "uvloop") if importlib.util.find_spec(n)]
    with_ = " and ".join(f"{n} {version(n)}" for n in schnell) or f"h11 {version('h11')}"
    return f"uvicorn {version('uvicorn')} with {with_}"


if __name__ == "__main__":
    main()
