#!/usr/bin/env python3
"""typing_compare.py ROUNDS KEYS WORKDIR -- our command ...

Key to screen, CPU and bytes a key through a pty, start to first screen and memory: raw echo (the floor), `dialog --form`
(what a user would otherwise be given) and our program, interleaved. Ratios are taken inside a round; the median over the
rounds is printed, rounds whose floor is slower than 1.5 times the best floor are dropped."""
import json, os, statistics, subprocess, sys

rounds, keys, work = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
ours = sys.argv[sys.argv.index("--") + 1:]
here = os.path.dirname(os.path.abspath(__file__))
meter = [sys.executable, os.path.join(here, "ttylat.py"), "--json", "--n", str(keys)]
fields = []
for n in range(1, 11):
    fields += [f"字段{n}", str(n), "1", "", str(n), "12", "40", "60"]
chinese = "张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗"
into_text = os.environ.get("ZOUFANG_BENCH_PRE", "")
ready = os.environ.get("ZOUFANG_BENCH_READY", "今日走访")
start_ready = os.environ.get("ZOUFANG_BENCH_START", "走访")
# The line editor of ours clears a field with one key; the meter counts no key of the reset.
commands = {
    "raw echo": meter + ["--ready", "READY", "--reset", "\\r\\x1b[K", "--", os.path.join(work, "rawecho")],
    "dialog --form": meter + ["--ready", "OK", "--", "dialog", "--form", "入户调查", "20", "70", "14"] + fields,
    "zoufang": meter + ["--ready", ready, "--pre", into_text, "--reset", "\\x15", "--"] + ours,
    "raw echo 中文": meter + ["--ready", "READY", "--reset", "\\r\\x1b[K", "--chars", chinese, "--", os.path.join(work, "rawecho")],
    "zoufang 中文": meter + ["--ready", ready, "--pre", into_text, "--reset", "\\x15", "--chars", chinese, "--"] + ours,
}
rows = []
for number in range(rounds):
    row = {}
    for name, command in commands.items():
        answer = subprocess.run(command, capture_output=True, text=True)
        try:
            row[name] = json.loads(answer.stdout.strip().splitlines()[-1])
        except (IndexError, ValueError):
            sys.exit(f"{name}: {answer.stdout}{answer.stderr}")
    rows.append(row)

floor = min(row["raw echo"]["lat_us"]["p50"] for row in rows)
kept = [row for row in rows if row["raw echo"]["lat_us"]["p50"] <= 1.5 * floor] or rows
print(f"rounds kept {len(kept)}/{rounds}, {keys} keys each")
median = statistics.median
print(f"{'':16s} {'start ms':>9s} {'RSS MB':>7s} {'key µs':>8s} {'CPU µs':>7s} {'B/key':>6s} {'idle B/s':>8s} {'idle CPU ms/s':>13s} {'missed':>6s}")
for name in commands:
    of = [row[name] for row in kept]
    print(f"{name:16s} {median(j['start_ms'] for j in of):9.1f} {median(j['rss_kb'] for j in of) / 1024:7.1f} "
          f"{median(j['lat_us']['p50'] for j in of):8.0f} {median(j['cpu_us_per_key'] for j in of):7.0f} "
          f"{median(j['bytes_per_key']['p50'] for j in of):6.0f} {median(j['idle_bytes_per_s'] for j in of):8.1f} "
          f"{median(j['idle_cpu_ms_per_s'] for j in of):13.2f} {sum(j['missed'] for j in of):6d}")


def ratio(what, against, of):
    return median(of(row[what]) / of(row[against]) for row in kept)


def key(j):
    return j["lat_us"]["p50"]


print(f"key to screen: zoufang / raw echo       {ratio('zoufang', 'raw echo', key):.2f}   (aim ≤ 1.4)")
print(f"key to screen: zoufang / dialog --form  {ratio('zoufang', 'dialog --form', key):.2f}   (aim ≤ 0.85)")
print(f"中文 key to screen: zoufang / raw echo   {ratio('zoufang 中文', 'raw echo 中文', key):.2f}")
print(f"CPU a key: zoufang / dialog --form      {ratio('zoufang', 'dialog --form', lambda j: j['cpu_us_per_key']):.2f}")
print(f"start to first screen: zoufang / dialog {ratio('zoufang', 'dialog --form', lambda j: j['start_ms']):.2f}   (aim ≤ 3)")
