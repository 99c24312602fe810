#!/usr/bin/env python3
# Compares the two implementations of the draw on the vectors that `draw_vectors` wrote: agree.py FILE [SERVER].
#
# With the server's program, this checks every tenth proof by `SERVER verify-draw`, too.
import collections
import itertools
import json
import os
import subprocess
import sys
import tempfile

import draw


def said(proof):
    """What the second implementation says of a proof: its figures, or the word for what is wrong."""
    try:
        return draw.verify(proof), None
    except draw.Fault as fault:
        return None, str(fault)


def drawn_again(proof):
    """Draws by itself what a proof says was drawn, and says whether that is the same up to the first redraw."""
    proof = json.loads(proof)
    closed, drawn = proof["closed"], proof["drawn"]
    own = draw.draw({"terms": proof["terms"], "seed": drawn["seed"], "signature": drawn.get("signature"), "at": closed["at"], "roll": closed["roll"]})
    first = list(itertools.takewhile(lambda winner: "instead_of" not in winner, drawn["winners"]))
    same = [{name: winner[name] for name in ("prize", "entrant", "word")} for winner in first] == own["drawn"]["winners"][: len(first)]
    return same and own["commitment"] == proof["commitment"] and own["closed"] == closed


def differs(vector):
    """How the two differ on a vector, and what kind it is."""
    if "path" in vector:
        entry, top = bytes.fromhex(vector["entry"]), bytes.fromhex(vector["root"])
        holds = draw.included(entry, vector["place"], vector["count"], [bytes.fromhex(one) for one in vector["path"]], top)
        return "paths", None if holds == vector["holds"] else "holds: %s" % holds
    says, fault = said(vector["proof"])
    if says != vector.get("says") or fault != vector.get("fault"):
        return "proofs", "says %s, fault %s, and not %s, %s" % (says, fault, vector.get("says"), vector.get("fault"))
    if fault:
        return "refused: " + fault, None
    if says["stage"] in ("drawing", "drawn") and not drawn_again(vector["proof"]):
        return "drawn", "draws otherwise"
    return says["stage"], None


def program_differs(server, vector):
    """How the program differs on a vector."""
    handle, path = tempfile.mkstemp(suffix=".json")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(vector["proof"])
        ended = subprocess.run([server, "verify-draw", "--json", path], capture_output=True, encoding="utf-8", timeout=60)
    finally:
        os.unlink(path)
    if "fault" in vector:
        due = "liveroom-server: refused: %s: " % vector["fault"]
        return None if ended.returncode == 1 and ended.stderr.startswith(due) else "the program says %s" % ended.stderr
    same = ended.returncode == 0 and json.loads(ended.stdout) == vector["says"]
    return None if same else "the program says %s%s" % (ended.stdout, ended.stderr)


def main(path, server=None):
    counts, faults, proofs = collections.Counter(), 0, 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            vector = json.loads(line)
            kind, difference = differs(vector)
            if "proof" in vector:
                proofs += 1
                if server and not difference and proofs % 10 == 0:
                    difference = program_differs(server, vector)
            counts[kind] += 1
            if difference:
                faults += 1
                print("not ok %s: %s" % (vector["name"], difference[:2000]))
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded.json"), encoding="utf-8") as file:
        recorded = json.load(file)
    counts["recorded"] += 1
    if said(json.dumps(recorded["proof"])) != (recorded["says"], None):
        faults += 1
        print("not ok: the recorded draw says %s" % (said(json.dumps(recorded["proof"])),))
    for kind, count in sorted(counts.items()):
        print("%6d %s" % (count, kind))
    print("%d vectors, %d on which the two implementations differ" % (sum(counts.values()), faults))
    return 1 if faults or not counts else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
