"""compare.py BIN FLOOR DATA ROUNDS: the comparison beside its floor and its peers, in interleaved rounds, and what it finds.

Rounds whose floor is slower than 1.3 times the best one are left out. Exit 1 where a promise is broken: recall of the number's writings
100 %, 疑似 recall at least 90 % at a precision of at least 99 %."""
import collections
import csv
import os
import statistics
import subprocess
import sys
import time

binary, floor, data, rounds = sys.argv[1:4] + [int(sys.argv[4])]
here = os.path.dirname(os.path.abspath(__file__))
OUT = {name: f"{data}/out-{name}.csv" for name in ("floor", "zoufang", "zoufang, 1 thread", "duckdb", "polars", "zoufang, 疑似 too")}
peer = [sys.executable, f"{here}/peers.py"]
COMMANDS = {
    "floor": [floor, data, OUT["floor"]],
    "zoufang": [binary, "exact", data, OUT["zoufang"], "2"],
    "zoufang, 1 thread": [binary, "exact", data, OUT["zoufang, 1 thread"], "1"],
    "duckdb": [*peer, "duckdb", data, OUT["duckdb"], "2"],
    "polars": [*peer, "polars", data, OUT["polars"], "2"],
    "zoufang, 疑似 too": [binary, "similar", data, OUT["zoufang, 疑似 too"], "2"],
}
for name in ("duckdb", "polars"):
    if subprocess.run([sys.executable, "-c", f"import {name}"], stderr=subprocess.DEVNULL).returncode:
        print(f"{name} is left out: it is not installed")
        del COMMANDS[name]

wall, memory = collections.defaultdict(list), collections.defaultdict(float)
for _ in range(rounds):
    for name, command in COMMANDS.items():
        begin = time.perf_counter()
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall[name].append(time.perf_counter() - begin)
        memory[name] = max(memory[name], usage.ru_maxrss / 1024)
        if status:
            sys.exit(f"{name} failed: {status}")
best = min(wall["floor"])
kept = [i for i in range(rounds) if wall["floor"][i] <= best * 1.3]
print(f"{len(kept)} of {rounds} rounds kept; the floor takes {best * 1000:.0f} ms")
print("| program | median × floor | smallest…largest | RSS MB |\n|---|---|---|---|")
for name in COMMANDS:
    ratios = [wall[name][i] / wall["floor"][i] for i in kept]
    print(f"| {name} | {statistics.median(ratios):.2f} | {min(ratios):.2f}…{max(ratios):.2f} | {memory[name]:.0f} |")

# What was found.
with open(f"{data}/truth.csv", encoding="utf-8") as file:
    truth = {int(row["row"]): (int(row["person"]), row["kind"]) for row in csv.DictReader(file)}
found = collections.defaultdict(dict)
with open(OUT["zoufang, 疑似 too"], encoding="utf-8") as file:
    for row in csv.DictReader(file):
        found[int(row["row"])][int(row["person"])] = row
EXACT = ("exact", "id15", "lowerx", "fullwidth", "apostrophe", "other_name")
NUMBER = ("digit", "swap", "check")
UNMATCHED, SIMILAR, MATCHED, OTHER_NAME = "0123"
total, right, alone = collections.Counter(), collections.Counter(), collections.Counter()
for row, (person, kind) in truth.items():
    total[kind] += 1
    finding = found.get(row, {}).get(person)
    wanted = (MATCHED, OTHER_NAME) if kind in EXACT else (SIMILAR,)
    if finding and finding["outcome"] in wanted:
        right[kind] += 1
        alone[kind] += finding["ambiguous"] == "0"
print("\n| kind of row | rows | found | of these unambiguous |\n|---|---|---|---|")
for kind in total:
    print(f"| {kind} | {total[kind]} | {100 * right[kind] / total[kind]:.2f} % | {100 * alone[kind] / max(right[kind], 1):.2f} % |")
pairs = [(row, person, item) for row, items in found.items() for person, item in items.items()]
exact = [p for p in pairs if p[2]["outcome"] in (MATCHED, OTHER_NAME)]
similar = [p for p in pairs if p[2]["outcome"] == SIMILAR]
true = lambda some: sum(truth.get(row, (None,))[0] == person for row, person, _ in some)
kinds = [kind for kind in total if kind not in EXACT]
recall = sum(right[kind] for kind in kinds) / sum(total[kind] for kind in kinds)
exact_recall = sum(right[kind] for kind in EXACT) / sum(total[kind] for kind in EXACT)
precision = true(similar) / max(len(similar), 1)
single = [p for p in similar if p[2]["ambiguous"] == "0"]
print(f"\n命中: recall {100 * exact_recall:.3f} %, precision {100 * true(exact) / len(exact):.3f} % of {len(exact)} findings")
print(f"疑似: recall {100 * recall:.2f} %, precision {100 * precision:.2f} % of {len(similar)} findings; "
      f"{100 * true(single) / max(len(single), 1):.2f} % of the {len(single)} unambiguous ones")
wrong = collections.Counter(int(item["reasons"]) for row, person, item in similar if truth.get(row, (None,))[0] != person)
print("wrong ones by reasons:", dict(wrong.most_common(6)))
sys.exit(0 if exact_recall == 1 and recall >= 0.9 and precision >= 0.99 else 1)
