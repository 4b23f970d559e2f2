#!/usr/bin/env python3
"""The smallest handler in Python, with nothing but its standard library.

  handlers:
    hello:
      command: [python3, ./hello-python.py]
"""

import json
import sys

names = ["world"]
chosen = []
skipped = set()
stopped = False
requests = 0


def say(message):
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


def tell(method, **params):
    say({"method": method, "params": params})


def ask(method, **params):
    """Asks the manager, and hears whatever else it says until the answer comes."""
    global requests
    requests += 1
    say({"id": requests, "method": method, "params": params})
    for line in sys.stdin:
        message = json.loads(line)
        if "method" in message:
            hear(message)
        elif message.get("id") == requests:
            return message.get("result")
    sys.exit(0)


def open_session(params):
    global names
    names = params["settings"].get("names", names)
    return {"accepted": True}


def prepare(params):
    global chosen
    chosen = params["items"]
    return {"outcome": "ready"}


def synchronize(params):
    for name in chosen:
        answer = ask("progress", item=name)["answer"]
        if answer != "continue":
            tell("progress", item=name, status="skipped" if answer == "skip" else "stopped")
            continue
        tell("progress", item=name, status="updating", text="greeting")
        tell("log", level="information", text=f"Hello, {name}.", item=name)
        tell("progress", item=name, status="succeeded")
    return {"outcome": "done"}


answers = {
    "initialize": lambda params: {
        "protocol": 1,
        "features": [],
        "handler": {"name": "hello", "version": "1.0.0"},
    },
    "open": open_session,
    "describe": lambda params: {"name": "Hello from Python"},
    "items": lambda params: {"items": [{"id": name, "name": name} for name in names]},
    "prepare": prepare,
    "synchronize": synchronize,
    "close": lambda params: None,
}


def hear(message):
    if "id" not in message:
        return  # Skips and stops come back as answers to progress.
    if message["method"] not in answers:
        error = {"code": -32601, "message": "there is no method " + message["method"]}
        say({"id": message["id"], "error": error})
        return
    try:
        say({"id": message["id"], "result": answers[message["method"]](message["params"])})
    except Exception as failure:
        say({"id": message["id"], "error": {"code": -32000, "message": str(failure)}})


for line in sys.stdin:
    hear(json.loads(line))
