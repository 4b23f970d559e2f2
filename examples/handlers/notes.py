#!/usr/bin/env python3
"""Keeps notebooks, folders of text files, in step with a database that others write to as well.

A real handler with nothing but Python's standard library: items, a plan, skips in flight, problems,
conflicts with resolve and undo. Its settings:

  folder: ~/Notes          # one folder below it is one notebook
  remote: ~/notes.sqlite   # a table notes(notebook, name, text, changed)
  per_second: 50           # no more notes in a second than the remote likes

What both sides last agreed on stands in .agreed.json of the folder. A note that one side changed since
goes to the other; one that both changed is a conflict, and a person decides.
"""

import hashlib
import json
import os
import queue
import sqlite3
import sys
import tempfile
import threading
import time


class Failure(Exception):
    """An error with a code and a class that says who can help."""

    def __init__(self, code, text, retry="needs-person"):
        super().__init__(text)
        self.data = {"code": code, "retry": retry}


# The two sides. Each knows texts by notebook and name.


class Folder:
    side = "left"

    def __init__(self, path):
        self.path = path

    def notebooks(self):
        return sorted(entry.name for entry in os.scandir(self.path) if is_notebook(entry))

    def names(self, notebook):
        folder = os.path.join(self.path, notebook)
        if not os.path.isdir(folder):
            return []
        return sorted(entry.name for entry in os.scandir(folder) if entry.is_file())

    def read(self, notebook, name):
        try:
            with open(self.place(notebook, name), encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def write(self, notebook, name, text):
        place = self.place(notebook, name)
        if text is None:
            os.remove(place)
            return
        os.makedirs(os.path.dirname(place), exist_ok=True)
        write_whole(place, text)

    def changed(self, notebook, name):
        return int(os.stat(self.place(notebook, name)).st_mtime * 1000)

    def place(self, notebook, name):
        return os.path.join(self.path, notebook, name)


class Remote:
    side = "right"

    def __init__(self, path):
        self.path = path
        self.database = sqlite3.connect(f"file:{path}?mode=rw", uri=True, isolation_level=None)

    def notebooks(self):
        return [row[0] for row in self.database.execute("select distinct notebook from notes")]

    def names(self, notebook):
        query = "select name from notes where notebook = ? order by name"
        return [row[0] for row in self.database.execute(query, (notebook,))]

    def read(self, notebook, name):
        return self.one("text", notebook, name)

    def changed(self, notebook, name):
        return self.one("changed", notebook, name)

    def write(self, notebook, name, text):
        if text is None:
            query = "delete from notes where notebook = ? and name = ?"
            self.database.execute(query, (notebook, name))
        else:
            now = int(time.time() * 1000)
            query = "insert or replace into notes values (?, ?, ?, ?)"
            self.database.execute(query, (notebook, name, text, now))

    def one(self, column, notebook, name):
        query = f"select {column} from notes where notebook = ? and name = ?"
        row = self.database.execute(query, (notebook, name)).fetchone()
        return None if row is None else row[0]


def is_notebook(entry):
    return entry.is_dir() and not entry.name.startswith(".")


def write_whole(place, text):
    """The old or the new, never a half."""
    handle, beside = tempfile.mkstemp(dir=os.path.dirname(place), prefix=".new-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(beside, place)


def digest(text):
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()


# The conversation: one thread hears, the main thread works. So a skip is known in the middle of a note.


class Conversation:
    def __init__(self):
        self.requests = queue.Queue()
        self.left_out = set()
        self.stopped = False
        self.approved = []
        self.lock = threading.Lock()

    def hear(self):
        for line in sys.stdin:
            message = json.loads(line)
            method, params = message.get("method"), message.get("params") or {}
            if method is not None and "id" in message:
                self.requests.put(message)
            elif method == "cancel" and params["item"] is None:
                self.stopped = True
            elif method in ("cancel", "setItemStatus"):
                self.left_out.add(params["item"])
            elif method == "approved":
                self.approved.extend(params["changes"])
        self.requests.put(None)

    def say(self, message):
        with self.lock:
            sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
            sys.stdout.flush()

    def tell(self, method, **params):
        self.say({"method": method, "params": params})

    def fate(self, item):
        """None, or as what the item is to be left."""
        if self.stopped:
            return "stopped"
        return "skipped" if item in self.left_out else None


class Notes:
    def __init__(self, conversation):
        self.talk = conversation
        self.left = self.right = None
        self.pause = 0
        self.chosen, self.plan, self.disputes = [], [], []

    # Requests, by their names in the protocol.

    def initialize(self, params):
        introduction = {"name": "notes", "version": "1.0.0"}
        return {"protocol": 1, "features": [], "handler": introduction}

    def open(self, params):
        settings = params["settings"]
        for key in ("folder", "remote"):
            if not isinstance(settings.get(key), str):
                raise Failure("notes-setting", f"The setting {key} is missing: name a path.")
        folder = os.path.expanduser(settings["folder"])
        remote = os.path.expanduser(settings["remote"])
        if not os.path.isdir(folder):
            raise Failure("notes-folder-gone", f"There is no folder {folder}. Is its disk there?")
        if not os.path.isfile(remote):
            raise Failure("notes-remote-gone", f"There is no database {remote}.", "temporary")
        self.left, self.right = Folder(folder), Remote(remote)
        self.pause = 1 / settings.get("per_second", 50)
        return {"accepted": True, "abilities": ["resolve", "undo"]}

    def describe(self, params):
        return {"name": "Notes"}

    def items(self, params):
        names = sorted({*self.left.notebooks(), *self.right.notebooks()})
        return {"items": [{"id": name, "name": name} for name in names], "complete": True}

    def prepare(self, params):
        self.chosen, self.plan, self.disputes = params["items"], [], []
        for notebook in self.chosen:
            self.compare(notebook)
        if params["approved"] is not None:
            # A person looked at these; what is new since then waits for the next session.
            self.plan, self.talk.approved = self.talk.approved, []
        for at in range(0, len(self.plan), 500):
            self.talk.tell("plan", changes=self.plan[at : at + 500])
        return {"outcome": "ready", "plan": {"facts": [self.facts(one) for one in self.chosen]}}

    def synchronize(self, params):
        counts = {}
        for notebook in self.chosen:
            fate = self.talk.fate(notebook)
            if fate is None:
                fate = self.carry_out(notebook, counts)
            self.talk.tell("progress", item=notebook, status=fate)
        return {"outcome": "done", "counts": counts}

    def resolve(self, params):
        subject = params["conflict"]
        notebook, name = subject["item"], subject["subject"]
        before = {side.side: side.read(notebook, name) for side in (self.left, self.right)}
        text = self.decided(params["resolution"], notebook, name, before)
        for side in (self.left, self.right):
            if side.read(notebook, name) != text:
                side.write(notebook, name, text)
        undo = {"texts": before, "agreed": self.agreed(notebook).get(name)}
        self.agree(notebook, name, text)
        return {"undo": undo}

    def undo(self, params):
        subject, undo = params["conflict"], params["undo"]
        notebook, name = subject["item"], subject["subject"]
        for side in (self.left, self.right):
            if side.read(notebook, name) != undo["texts"][side.side]:
                side.write(notebook, name, undo["texts"][side.side])
        self.agree_digest(notebook, name, undo["agreed"])
        return {}

    def close(self, params):
        return None

    # Looking.

    def compare(self, notebook):
        agreed = self.agreed(notebook)
        names = {*self.left.names(notebook), *self.right.names(notebook), *agreed}
        for name in sorted(names):
            if self.talk.stopped:
                raise Failure("notes-stopped", "Stopped as asked.", "temporary")
            try:
                left = digest(self.left.read(notebook, name))
            except (OSError, UnicodeDecodeError) as problem:
                self.problem(notebook, name, f"{name} cannot be read and was left alone: {problem}")
                continue
            self.decide(notebook, name, left, digest(self.right.read(notebook, name)), agreed.get(name))

    def decide(self, notebook, name, left, right, agreed):
        if left == right:
            return
        if left != agreed and right != agreed:
            self.disputes.append((notebook, name))
        elif left != agreed:
            self.plan.append(self.change(notebook, name, self.left, self.right, left, right))
        else:
            self.plan.append(self.change(notebook, name, self.right, self.left, right, left))

    def change(self, notebook, name, source, target, wanted, expected):
        kind = "delete" if wanted is None else "create" if expected is None else "update"
        text = source.read(notebook, name)
        return {
            "item": notebook,
            "side": target.side,
            "kind": kind,
            "path": name,
            "bytes": 0 if text is None else len(text.encode()),
            "detail": {"wanted": wanted, "expected": expected},
        }

    def facts(self, notebook):
        """For the guards: an accident is seen by how much would go."""
        mine = [change for change in self.plan if change["item"] == notebook]

        def count(side, kind):
            return sum(1 for one in mine if one["side"] == side and one["kind"] == kind)

        sides = (self.left, self.right)
        return {
            "item": notebook,
            "known": {side.side: len(side.names(notebook)) for side in sides},
            "deletions": {side.side: count(side.side, "delete") for side in sides},
            "overwrites": {side.side: count(side.side, "update") for side in sides},
        }

    # Doing.

    def carry_out(self, notebook, counts):
        mine = [change for change in self.plan if change["item"] == notebook]
        self.talk.tell("progress", item=notebook, status="updating", value=0, max=len(mine))
        self.report_conflicts(notebook)
        for value, change in enumerate(mine, 1):
            fate = self.talk.fate(notebook)
            if fate is not None:
                return fate
            if self.carry_out_one(notebook, change):
                key = f"{change['side']}.{change['kind']}"
                counts[key] = counts.get(key, 0) + 1
            self.talk.tell("progress", item=notebook, text=change["path"], value=value)
            time.sleep(self.pause)
        return "succeeded"

    def carry_out_one(self, notebook, change):
        """Looks again: what is no longer as it was planned is left alone."""
        name = change["path"]
        target = self.left if change["side"] == "left" else self.right
        source = self.right if target is self.left else self.left
        text = source.read(notebook, name)
        planned = change["detail"]
        found = digest(target.read(notebook, name))
        if digest(text) != planned["wanted"] or found != planned["expected"]:
            self.problem(notebook, name, f"{name} changed meanwhile and was left alone.")
            return False
        try:
            target.write(notebook, name, text)
        except (OSError, sqlite3.Error) as problem:
            self.problem(notebook, name, f"{name} could not be written: {problem}")
            return False
        self.agree(notebook, name, text)
        return True

    def problem(self, notebook, name, text):
        self.talk.tell(
            "log", level="error", text=text, item=notebook, subject=name, code="notes-left-alone"
        )

    def report_conflicts(self, notebook):
        for book, name in self.disputes:
            if book == notebook:
                versions = [self.version(side, book, name) for side in (self.left, self.right)]
                self.talk.tell(
                    "conflict", item=book, subject=name, kind="edit-edit", versions=versions
                )
        self.talk.tell("conflictsSeen", item=notebook)

    def version(self, side, notebook, name):
        text = side.read(notebook, name)
        if text is None:
            return {"side": side.side, "present": False}
        return {
            "side": side.side,
            "kind": "note",
            "size": len(text.encode()),
            "modifiedAt": side.changed(notebook, name),
            "digest": digest(text),
            "location": side.place(notebook, name) if side is self.left else None,
        }

    def decided(self, resolution, notebook, name, texts):
        choice = resolution["choice"]
        if choice == "keep":
            return texts[resolution["side"]]
        if choice == "merged":
            with open(resolution["contentFile"], encoding="utf-8") as file:
                return file.read()
        if choice == "keep-both":
            return f"{texts['left'] or ''}\n--- the other version ---\n{texts['right'] or ''}"
        present = [side for side in (self.left, self.right) if texts[side.side] is not None]
        measure = {
            "keep-newest": lambda side: side.changed(notebook, name),
            "keep-largest": lambda side: len(texts[side.side]),
        }[choice]
        return texts[max(present, key=measure).side]

    # What both sides last agreed on.

    def memory(self):
        return os.path.join(self.left.path, ".agreed.json")

    def remembered(self):
        try:
            with open(self.memory(), encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return {}

    def agreed(self, notebook):
        return self.remembered().get(notebook, {})

    def agree(self, notebook, name, text):
        self.agree_digest(notebook, name, digest(text))

    def agree_digest(self, notebook, name, agreed):
        all_notebooks = self.remembered()
        names = all_notebooks.setdefault(notebook, {})
        names.pop(name, None)
        if agreed is not None:
            names[name] = agreed
        write_whole(self.memory(), json.dumps(all_notebooks))


methods = (
    "initialize",
    "open",
    "describe",
    "items",
    "prepare",
    "synchronize",
    "resolve",
    "undo",
    "close",
)


def main():
    talk = Conversation()
    notes = Notes(talk)
    threading.Thread(target=talk.hear, daemon=True).start()
    while (request := talk.requests.get()) is not None:
        reply = {"id": request["id"]}
        if request["method"] not in methods:
            message = f"there is no method {request['method']}"
            talk.say({**reply, "error": {"code": -32601, "message": message}})
            continue
        try:
            result = getattr(notes, request["method"])(request["params"])
            talk.say({**reply, "result": result})
        except Failure as failure:
            error = {"code": -32000, "message": str(failure), "data": failure.data}
            talk.say({**reply, "error": error})
        except Exception as failure:
            talk.say({**reply, "error": {"code": -32000, "message": repr(failure)}})


main()
