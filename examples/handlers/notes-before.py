#!/usr/bin/env python3
"""Lays out notebooks for `syncmgr handler test`: some new on each side, some changed, one in conflict.

  notes-before.py FOLDER REMOTE
"""

import hashlib
import json
import os
import shutil
import sqlite3
import sys

folder, remote = sys.argv[1:]
shutil.rmtree(folder, ignore_errors=True)
if os.path.exists(remote):
    os.remove(remote)
database = sqlite3.connect(remote)
database.execute(
    "create table notes (notebook, name, text, changed, primary key (notebook, name))"
)
agreed = {}
for notebook in ("cooking", "garden", "travel"):
    os.makedirs(os.path.join(folder, notebook))
    before = hashlib.sha256(b"before").hexdigest()
    agreed[notebook] = {"both.md": before, "changed.md": before, "gone.md": before}
    mine = {f"new {at}.md": f"left {at}" for at in range(12)}
    mine.update({"both.md": "mine", "changed.md": "after", "gone.md": "before"})
    for name, text in mine.items():
        with open(os.path.join(folder, notebook, name), "w", encoding="utf-8") as file:
            file.write(text)
    theirs = {"theirs.md": "right", "both.md": "theirs", "changed.md": "before"}
    rows = [(notebook, name, text, 1_700_000_000_000) for name, text in theirs.items()]
    database.executemany("insert into notes values (?, ?, ?, ?)", rows)
database.commit()
with open(os.path.join(folder, ".agreed.json"), "w", encoding="utf-8") as file:
    json.dump(agreed, file)
