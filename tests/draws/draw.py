#!/usr/bin/env python3
# The second implementation of the draw, written from widgets/rules/DRAW.md: checks proofs, and draws. Python 3.8, standard library only.
"""Usage: draw.py verify PROOF [ROLL]   checks a proof; ROLL is the list of entrants as bytes, where the proof has none in it
       draw.py draw INPUT            draws: {"terms", "seed", "at", "roll", "signature"} in, the proof out"""
import hashlib
import json
import re
import sys
from bisect import bisect_right

ALGORITHM = "liveroom-draw-1"
QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
U32, U64, EXACT = 2**32 - 1, 2**64 - 1, 2**53 - 1


class Fault(Exception):
    """What is wrong with a proof: one word, as the specification lists them."""


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# Reading JSON, as strictly as the specification.


class Members(dict):
    """An object, and which of its names stand twice."""

    def __init__(self, pairs):
        super().__init__(pairs)
        self.twice = {name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1} if len(pairs) != len(self) else set()


def no_constant(word):
    raise ValueError(word)


def read_json(text):
    # Minus zero is no integer.
    return json.loads(text, object_pairs_hook=Members, parse_constant=no_constant, parse_int=lambda digits: float(digits) if digits == "-0" else int(digits))


def is_number(value, largest, least=0):
    return type(value) is int and least <= value <= largest


def is_text(value):
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def is_hex(value, length):
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{%d}" % (2 * length), value) is not None


def member(value, name, fits, absent=False):
    """A member that fits, or None where it may be absent; anything else is malformed."""
    if name in value.twice:
        raise Fault("malformed")
    found = value.get(name)
    if found is None and absent:
        return None
    if not fits(found):
        raise Fault("malformed")
    return found


def is_object(value):
    return isinstance(value, Members)


def read_proof(text):
    """A proof whose form is right, with what is absent as None."""
    try:
        proof = read_json(text)
    except (ValueError, RecursionError):
        raise Fault("malformed") from None
    if not is_object(proof):
        raise Fault("malformed")
    read = {name: member(proof, name, is_text) for name in ("algorithm", "terms")}
    read["commitment"] = member(proof, "commitment", lambda value: is_hex(value, 32))
    read["cancelled"] = member(proof, "cancelled", is_text, absent=True)
    closed = member(proof, "closed", is_object, absent=True)
    drawn = member(proof, "drawn", is_object, absent=True)
    read["closed"] = closed and {
        "at": member(closed, "at", lambda value: is_number(value, U64)),
        "entrants": member(closed, "entrants", lambda value: is_number(value, U32)),
        "tickets": member(closed, "tickets", lambda value: is_number(value, U64)),
        "root": member(closed, "root", lambda value: is_hex(value, 32)),
        "roll": member(closed, "roll", lambda value: isinstance(value, list) and all(is_hex(entry, 21) for entry in value), absent=True),
    }
    if drawn is not None:
        winners = member(drawn, "winners", lambda value: isinstance(value, list) and all(map(is_object, value))) if "winners" in drawn else []
        read["drawn"] = {
            "seed": member(drawn, "seed", lambda value: is_hex(value, 32)),
            "signature": member(drawn, "signature", lambda value: is_hex(value, 48), absent=True),
            "winners": [
                {
                    "prize": member(winner, "prize", lambda value: is_number(value, U32)),
                    "entrant": member(winner, "entrant", lambda value: is_hex(value, 16)),
                    "word": member(winner, "word", lambda value: is_number(value, U64)),
                    "forfeited": member(winner, "forfeited", is_text, absent=True),
                    "instead_of": member(winner, "instead_of", lambda value: is_number(value, U32), absent=True),
                }
                for winner in winners
            ],
        }
    else:
        read["drawn"] = None
    # An empty object is there, though Python takes it for nothing.
    if closed is not None and not closed:
        raise Fault("malformed")
    return read


# Terms.


def canonical(value, depth=1):
    """The canonical form; ValueError where there is none."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and abs(value) <= EXACT:
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if depth > 16:
        raise ValueError("too deep")
    if isinstance(value, list):
        return "[" + ",".join(canonical(one, depth + 1) for one in value) + "]"
    if isinstance(value, dict):
        if not all(re.fullmatch("[a-z0-9_]{1,64}", name) for name in value):
            raise ValueError("a name")
        return "{" + ",".join('"%s":%s' % (name, canonical(value[name], depth + 1)) for name in sorted(value)) + "}"
    raise ValueError("a kind")


def read_terms(text):
    try:
        terms = read_json(text)
        if not isinstance(terms, dict) or canonical(terms) != text or len(text.encode()) > 65536:
            raise ValueError("form")
    except (ValueError, RecursionError):
        raise Fault("terms_form") from None
    prizes, tickets, exclusions, chosen = (terms.get(name) for name in ("prizes", "tickets", "exclusions", "round"))
    if not (
        terms.get("algorithm") == ALGORITHM
        and is_text(terms.get("room"))
        and is_text(terms.get("activity"))
        and is_number(terms.get("run"), U32)
        and isinstance(prizes, list)
        and all(isinstance(prize, dict) and is_text(prize.get("name")) and is_number(prize.get("count"), U32, 1) for prize in prizes)
        and 1 <= sum(prize["count"] for prize in prizes) <= 1000
        and isinstance(tickets, dict)
        and is_number(tickets.get("each"), U32, 1)
        and isinstance(tickets.get("tiers"), list)
        and all(isinstance(tier, dict) and is_text(tier.get("tier")) and is_number(tier.get("tickets"), U32, 1) for tier in tickets["tiers"])
        and isinstance(exclusions, list)
        and len(exclusions) <= 255
        and all(map(is_text, exclusions))
        and (chosen is None or isinstance(chosen, dict) and chosen.get("chain") == QUICKNET and is_number(chosen.get("number"), U32, 1))
    ):
        raise Fault("terms")
    return terms


def commitment(seed, terms):
    return sha(b"liveroom-draw-1 commitment", seed, sha(terms.encode()))


# The roll and its tree.


def leaf(entry):
    return sha(b"\0liveroom-draw-1 entrant", entry)


def root(entries):
    level = [leaf(entry) for entry in entries]
    if not level:
        return sha()
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = [sha(b"\1", level[place], level[place + 1]) for place in range(0, len(level) - 1, 2)] + odd
    return level[0]


def included(entry, place, count, path, top):
    last, value = count - 1, leaf(entry)
    if place > last:
        return False
    for beside in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            value = sha(b"\1", beside, value)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            value = sha(b"\1", value, beside)
        place, last = place // 2, last // 2
    return last == 0 and value == top


# The draw.


def words(seed, top, randomness):
    block = 0
    while True:
        hashed = sha(b"liveroom-draw-1 stream", seed, top, bytes([len(randomness)]), randomness, block.to_bytes(8, "big"))
        for place in range(4):
            yield 4 * block + place, int.from_bytes(hashed[8 * place : 8 * place + 8], "big")
        block += 1


def draws(roll, seed, top, signature):
    """Everybody whom the draw draws, as (place on the roll, word)."""
    stream = words(seed, top, hashlib.sha256(signature).digest() if signature else b"")
    starts, total = [], 0
    for _, tickets, _ in roll:
        starts.append(total)
        total += tickets
    gone = []  # The places that have left, in the order of the roll.
    left = total
    while left:
        number, word = next(stream)
        if word >= 2**64 - 2**64 % left:
            continue
        # Counted among those who are left: each who is gone and stood before pushes the ticket on.
        ticket = word % left
        for place in gone:
            if starts[place] > ticket:
                break
            ticket += roll[place][1]
        place = bisect_right(starts, ticket) - 1
        gone.insert(bisect_right(gone, place), place)
        left -= roll[place][1]
        yield place, number


def pieces(terms):
    return [number for number, prize in enumerate(terms["prizes"]) for _ in range(prize["count"])]


def check_roll(terms, closed, entries):
    """The roll as (id, tickets, excluded)."""
    able = {terms["tickets"]["each"], *(tier["tickets"] for tier in terms["tickets"]["tiers"])}
    roll, before = [], b""
    for place, entry in enumerate(entries):
        name, tickets, excluded = entry[:16], int.from_bytes(entry[16:20], "big"), entry[20]
        if place == closed["entrants"]:
            raise Fault("roll_count")
        if name <= before and place:
            raise Fault("roll_order")
        if excluded == 0 and tickets not in able:
            raise Fault("roll_tickets")
        if excluded and (tickets or excluded > len(terms["exclusions"])):
            raise Fault("roll_excluded")
        roll.append((name, tickets, excluded))
        before = name
    return roll


def check_winners(terms, roll, drawn, winners):
    """How many pieces are still to be drawn, while somebody is left."""
    due, redrawn = pieces(terms), set()
    for place, winner in enumerate(winners):
        old = winner["instead_of"]
        if old is not None:
            if old >= place or winners[old]["forfeited"] is None or old in redrawn:
                raise Fault("redraw")
            redrawn.add(old)
            prize = winners[old]["prize"]
        elif due:
            prize = due.pop(0)
        else:
            raise Fault("winners_count")
        if winner["prize"] != prize:
            raise Fault("winner_prize")
        chosen = next(drawn, None)
        if chosen is None:
            raise Fault("winners_count")
        if winner["entrant"] != roll[chosen[0]][0].hex():
            raise Fault("winner")
        if winner["word"] != chosen[1]:
            raise Fault("winner_word")
    return len(due) if next(drawn, None) else 0


def verify(text, roll_bytes=None):
    """What a proof says, as a dictionary; Fault if it does not hold."""
    proof = read_proof(text)
    if proof["algorithm"] != ALGORITHM:
        raise Fault("algorithm")
    terms = read_terms(proof["terms"])
    closed, drawn, cancelled = proof["closed"], proof["drawn"], proof["cancelled"]
    if drawn:
        if not closed:
            raise Fault("stage")
        if commitment(bytes.fromhex(drawn["seed"]), proof["terms"]).hex() != proof["commitment"]:
            raise Fault("commitment")
        if (drawn["signature"] is None) != (terms.get("round") is None):
            raise Fault("signature")
    said = {
        "stage": "cancelled" if cancelled is not None else "drawn" if drawn else "closed" if closed else "open",
        "level": "checked",
        "entrants": 0,
        "tickets": 0,
        "most_tickets": 0,
        "excluded": [],
        "prizes": len(pieces(terms)),
        "undrawn": 0,
        "awarded": 0,
        "forfeited": 0,
        "redrawn": 0,
    }
    if cancelled is not None:
        said["cancelled"] = cancelled
    if not closed:
        return said
    if closed["roll"] is None and roll_bytes is None:
        raise Fault("roll_missing")
    if roll_bytes is None:
        entries, rest = [bytes.fromhex(entry) for entry in closed["roll"]], 0
    else:
        rest = len(roll_bytes) % 21
        entries = [roll_bytes[place : place + 21] for place in range(0, len(roll_bytes) - rest, 21)]
    roll = check_roll(terms, closed, entries)
    if len(roll) != closed["entrants"] or rest:
        raise Fault("roll_count")
    if sum(tickets for _, tickets, _ in roll) != closed["tickets"]:
        raise Fault("roll_sum")
    top = root(entries)
    if top.hex() != closed["root"]:
        raise Fault("root")
    chosen = terms.get("round")
    if chosen and (1692803367 + 3 * (chosen["number"] - 1)) * 1000 > closed["at"]:
        said["level"] = "checked_unpredictable"
    counts = [0] * 256
    for _, _, excluded in roll:
        counts[excluded] += 1
    said.update(
        entrants=closed["entrants"],
        tickets=closed["tickets"],
        most_tickets=max((tickets for _, tickets, _ in roll), default=0),
        excluded=[{"reason": reason, "count": counts[number]} for number, reason in enumerate(terms["exclusions"], 1)],
    )
    if drawn:
        order = draws(roll, bytes.fromhex(drawn["seed"]), top, bytes.fromhex(drawn["signature"] or ""))
        winners = drawn["winners"]
        if cancelled is not None and not winners:
            would = [roll[place][0].hex() for _, (place, _) in zip(pieces(terms), order)]
            if would:
                said["would_have_won"] = would
        else:
            said["undrawn"] = check_winners(terms, roll, order, winners)
            if said["undrawn"] and cancelled is None:
                said["stage"] = "drawing"
            said["awarded"] = sum(winner["forfeited"] is None for winner in winners)
            said["forfeited"] = sum(winner["forfeited"] is not None for winner in winners)
            said["redrawn"] = sum(winner["instead_of"] is not None for winner in winners)
    return said


def draw(given):
    """The proof of a draw without redraws, of its terms (canonical), seed, time of closing, roll and signature."""
    entries = [bytes.fromhex(entry) for entry in given["roll"]]
    roll = [(entry[:16], int.from_bytes(entry[16:20], "big"), entry[20]) for entry in entries]
    seed, signature, top = bytes.fromhex(given["seed"]), given.get("signature"), root(entries)
    order = draws(roll, seed, top, bytes.fromhex(signature or ""))
    winners = [{"prize": prize, "entrant": roll[place][0].hex(), "word": word} for prize, (place, word) in zip(pieces(read_terms(given["terms"])), order)]
    return {
        "algorithm": ALGORITHM,
        "terms": given["terms"],
        "commitment": commitment(seed, given["terms"]).hex(),
        "closed": {"at": given["at"], "entrants": len(roll), "tickets": sum(tickets for _, tickets, _ in roll), "root": top.hex(), "roll": given["roll"]},
        "drawn": {"seed": given["seed"], **({"signature": signature} if signature else {}), "winners": winners},
    }


def main(words_given):
    if len(words_given) < 2 or words_given[0] not in ("verify", "draw"):
        print(__doc__, file=sys.stderr)
        return 2
    with open(words_given[1], encoding="utf-8") as file:
        text = file.read()
    if words_given[0] == "draw":
        print(json.dumps(draw(json.loads(text))))
        return 0
    roll = None
    if len(words_given) > 2:
        with open(words_given[2], "rb") as file:
            roll = file.read()
    try:
        said = verify(text, roll)
    except Fault as fault:
        print("refused: %s" % fault)
        return 1
    print(json.dumps(said, indent=2, ensure_ascii=False))
    chosen = read_terms(read_proof(text)["terms"]).get("round")
    if chosen:
        print("Compare the signature with https://api.drand.sh/%s/public/%d: this program does not verify it." % (chosen["chain"], chosen["number"]), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
