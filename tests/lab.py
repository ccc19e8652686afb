"""Open every notebook in a real JupyterLab, run all of its cells, and count error outputs and console errors.

python tests/lab.py runs on a copy, on 127.0.0.1 with a token, and leaves no process behind; .ci/run calls it outside
the time of the tests. It is no test that pytest collects.
"""

import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from conftest import ROOT
from playwright.sync_api import sync_playwright
from test_site import CHROMIUM, FLAGS

#: what the page is asked once all cells of the notebook in front have run; null before
RAN = """() => {
  const panel = jupyterapp.shell.currentWidget, cells = panel?.content?.widgets ?? [];
  const code = cells.filter((cell) => cell.model.type === "code");
  if (!code.length || panel.sessionContext.session?.kernel?.status !== "idle") return null;
  const waits = (cell) => cell.model.sharedModel.execution_count === null || cell.model.executionState === "running";
  if (code.some(waits)) return null;
  const outputs = code.flatMap((cell) => cell.model.sharedModel.outputs.map((output) => output.output_type));
  const texts = [...panel.node.querySelectorAll(".jp-RenderedHTMLCommon td:not(.number)")];
  return { cells: code.length, errors: outputs.filter((kind) => kind === "error").length,
           right: texts.filter((cell) => cell.textContent && getComputedStyle(cell).textAlign === "right").length };
}"""


def main() -> int:
    """Run every notebook and print what was found; give 1 where there is an error."""
    with tempfile.TemporaryDirectory() as home:
        for name in ("notebooks", "seeds", "tables"):
            shutil.copytree(ROOT / name, Path(home) / name)
        token, port = secrets.token_hex(16), free_port()
        options = [f"--port={port}", "--ip=127.0.0.1", f"--IdentityProvider.token={token}", "--no-browser"]
        options += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url="]
        options += ["--expose-app-in-browser", "--allow-root", f"--ServerApp.root_dir={home}", "--port-retries=0"]
        with open(Path(home) / "lab.log", "wb") as log:
            lab = subprocess.Popen([sys.executable, "-m", "jupyterlab", *options], stdout=log, stderr=log, cwd=home)
        try:
            return visit(f"http://127.0.0.1:{port}", token, sorted((Path(home) / "notebooks").glob("0*.ipynb")))
        finally:
            lab.send_signal(signal.SIGTERM)  # it shuts its kernels down before it ends
            try:
                lab.wait(30)
            except subprocess.TimeoutExpired:
                lab.kill()


def free_port() -> int:
    """Give a port on which nothing listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def visit(address: str, token: str, notebooks: list[Path]) -> int:
    """Open, run and look at each notebook."""
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/api?token={token}").close()
            break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    failed = 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for path in notebooks:
            page, said = browser.new_page(), []
            page.on(
                "console", lambda message, said=said: said.append(message.text) if message.type == "error" else None
            )
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            page.goto(f"{address}/lab/workspaces/{path.stem}/tree/notebooks/{path.name}?token={token}&reset")
            page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=120_000)
            page.evaluate("jupyterapp.shell.currentWidget.sessionContext.ready")
            page.evaluate("jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
            page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
            found = page.wait_for_function(RAN, timeout=240_000).json_value()
            print(
                f"{path.stem}: {found['cells']} cells, {found['errors']} errors, {len(said)} console errors, "
                f"{found['right']} cells of text set to the right",
                flush=True,
            )
            for line in said:
                print("   ", line[:200])
            failed += found["errors"] + len(said) + found["right"]
            page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
            page.close()
        browser.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
