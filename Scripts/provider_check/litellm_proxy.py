"""The program through litellm, which translates each dialect into chat completions for the fake behind it."""

import contextlib
import os
import socket
import subprocess
import tempfile
import time
import urllib.request

from . import packages, rota_client
from .fake import fake
from .report import Failure, expect

PACKAGE = "litellm[proxy]"
START = 120
"""Seconds that the proxy may take to start."""

CONFIG = """\
model_list:
  - model_name: M
    litellm_params:
      model: openai/M
      api_base: {url}/v1
      api_key: sk-upstream
      use_chat_completions_api: true
litellm_settings:
  num_retries: 0
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def proxy(python, upstream):
    """The address of a litellm proxy in front of `upstream`."""
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config.yaml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(CONFIG.format(url=upstream))
        port = free_port()
        environment = {
            "PATH": f"{python.parent}:{os.environ.get('PATH', '/usr/bin:/bin')}", "HOME": folder, "LC_ALL": "C.UTF-8",
            "LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False",
        }
        log = open(os.path.join(folder, "log"), "w+", encoding="utf-8")
        process = subprocess.Popen(
            [python.parent / "litellm", "--config", config, "--host", "127.0.0.1", "--port", str(port)],
            env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url, process, log)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            log.close()


def wait_for(url, process, log):
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/health/liveliness", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    log.seek(0)
    raise Failure(f"litellm did not start: {log.read()[-800:]}")


def through_proxy(python, dialect):
    with fake(text=rota_client.ANSWER) as provider, proxy(python, provider.url) as url, rota_client.rota() as program:
        program.choose(rota_client.address(dialect, url))
        job = program.ask()
    expect("the job", job["name"], rota_client.MODELS_NAME)
    if not provider.asked or {asked[0] for asked in provider.asked} != {"openai-chat"}:
        raise Failure(f"the fake behind the proxy was asked {provider.asked}")


def run(report, root, program):
    rota_client.Rota.program = program
    try:
        python = packages.install(root, "litellm", [PACKAGE])
    except packages.Missing as error:
        report.leave_out("litellm", str(error))
        return
    print(f"check-providers: litellm {packages.version(python, 'litellm')}")
    # Ollama's own dialect is one that litellm calls, not one that it answers.
    for dialect in ("openai", "responses", "anthropic"):
        if rota_client.knows(dialect):
            report.run(f"litellm, {dialect}", [("the program", lambda: through_proxy(python, dialect))])
        else:
            report.leave_out(f"litellm, {dialect}", "this program does not know the provider")
