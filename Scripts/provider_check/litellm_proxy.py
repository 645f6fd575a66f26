"""The program through litellm, which translates between the dialects, to the fake behind it."""

import contextlib
import json
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

UPSTREAMS = {
    "openai-chat": ("openai/{name}", "{url}/v1"),
    "anthropic": ("anthropic/{name}", "{url}"),
    "ollama": ("ollama_chat/{name}", "{url}"),
}
"""What the fake calls a dialect, and how litellm is told to speak it."""

CLIENTS = ["openai", "responses", "anthropic"]
"""The program's dialects that litellm answers; Ollama's own is one that it only calls."""


def served(dialect):
    """The name of the model behind; a name like that of its provider would mislead litellm."""
    return f"served-{dialect}"


def configuration(url):
    """JSON is YAML. Each upstream dialect is a model of its own."""
    models = []
    for dialect, (model, base) in UPSTREAMS.items():
        settings = {
            "model": model.format(name=served(dialect)), "api_base": base.format(url=url), "api_key": "sk-upstream",
        }  # fmt: skip
        if dialect == "openai-chat":
            settings["use_chat_completions_api"] = True
        models.append({"model_name": dialect, "litellm_params": settings})
    return json.dumps({"model_list": models, "litellm_settings": {"num_retries": 0}})


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
            file.write(configuration(upstream))
        port = free_port()
        environment = {
            "PATH": f"{python.parent}:{os.environ.get('PATH', '/usr/bin:/bin')}", "HOME": folder, "LC_ALL": "C.UTF-8",
            "LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_MASTER_KEY": rota_client.KEY,
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


def ask(client, url, upstream):
    with rota_client.rota() as program:
        program.choose(rota_client.address(client, url, model=upstream))
        job = program.ask()
    expect("the job", job["name"], rota_client.MODELS_NAME)
    expect("the schedule", job["schedule"][0]["cron"], "0 9 * * *")


def checks(clients, url):
    for client in clients:
        for upstream in UPSTREAMS:
            yield f"{client} in front, {upstream} behind", lambda c=client, u=upstream: ask(c, url, u)


def was_asked(provider):
    behind = {(asked[0], asked[2]) for asked in provider.asked}
    expect("dialects behind", behind, {(name, served(name)) for name in UPSTREAMS})


def run(report, root, program):
    rota_client.Rota.program = program
    try:
        python = packages.install(root, "litellm", [PACKAGE])
    except packages.Missing as error:
        report.leave_out("litellm", str(error))
        return
    print(f"check-providers: litellm {packages.version(python, 'litellm')}", flush=True)
    clients = [client for client in CLIENTS if rota_client.knows(client)]
    for client in (client for client in CLIENTS if client not in clients):
        report.leave_out(f"litellm, {client}", "this program does not know the provider")
    try:
        with fake(text=rota_client.ANSWER) as provider, proxy(python, provider.url) as url:
            report.run("litellm", checks(clients, url))
    except Failure as error:
        report.failed.append(f"litellm: {error}")
        return
    report.run("litellm", [("the fake was asked in each dialect", lambda: was_asked(provider))])
