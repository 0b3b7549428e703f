#!/usr/bin/env python3
"""typing_compare.py ROUNDS KEYS WORKDIR [--rt] -- OUR COMMAND WITHOUT --practice

Key to screen, CPU and bytes a key through a pty, start to first screen and memory: raw echo (the floor), `dialog --form` (what a user
would otherwise be given) and our program in a text field of the visit form, interleaved. Ratios are taken inside a round and the median
over the rounds is printed; rounds whose floor is slower than 1.5 times the best floor are dropped."""
import json, os, statistics, subprocess, sys

split = sys.argv.index("--")
rounds, keys, work = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
ours = sys.argv[split + 1:]
here = os.path.dirname(os.path.abspath(__file__))
meter = [sys.executable, os.path.join(here, "ttylat.py"), "--json"] + (["--rt"] if "--rt" in sys.argv[:split] else [])
fields = []
for n in range(1, 11):
    fields += [f"字段{n}", str(n), "1", "", str(n), "12", "40", "60"]
chinese = "张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗"
# The first household of the list, its second section, six fields down: 住址, a text field. Ctrl-U clears it.
into_text = "\\r\\x00\\x1b[6~\\x00" + "\\x1b[B" * 6 + "\\x00"
echo = ["--ready", "READY", "--reset", "\\r\\x1b[K"]
visit = ["--ready", "今日走访", "--pre", into_text, "--reset", "\\x15"]
count = ["--n", str(keys)]
commands = {
    "raw echo": meter + count + echo + ["--", os.path.join(work, "rawecho")],
    "dialog --form": meter + count + ["--ready", "OK", "--", "dialog", "--form", "入户调查", "20", "70", "14"] + fields,
    "zoufang": meter + count + visit + ["--"] + ours + ["--practice"],
    "raw echo 中文": meter + count + echo + ["--chars", chinese, "--", os.path.join(work, "rawecho")],
    "zoufang 中文": meter + count + visit + ["--chars", chinese, "--"] + ours + ["--practice"],
    "zoufang first": meter + ["--n", "0", "--ready", "首次使用", "--"] + ours[:1] + ["--data", os.path.join(work, "nothing")],
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
median = statistics.median
print(f"rounds kept {len(kept)}/{rounds}, {keys} keys each")
print(f"{'':14s} {'start ms':>9s} {'RSS MB':>7s} {'key µs':>8s} {'CPU µs':>7s} {'B/key':>6s} {'idle B/s':>8s} {'missed':>6s}")
for name in commands:
    of = [row[name] for row in kept]
    typed = "lat_us" in of[0]
    print(f"{name:14s} {median(j['start_ms'] for j in of):9.1f} {median(j['rss_kb'] for j in of) / 1024:7.1f} " + (
        f"{median(j['lat_us']['p50'] for j in of):8.0f} {median(j['cpu_us_per_key'] for j in of):7.0f} "
        f"{median(j['bytes_per_key']['p50'] for j in of):6.0f} {median(j['idle_bytes_per_s'] for j in of):8.1f} "
        f"{sum(j['missed'] for j in of):6d}" if typed else ""))


def ratio(what, against, of):
    pairs = [row for row in kept if "lat_us" in row[what] or of is start]
    return median(of(row[what]) / of(row[against]) for row in pairs)


def key(j):
    return j["lat_us"]["p50"]


def start(j):
    return j["start_ms"]


print(f"key to screen: zoufang / raw echo       {ratio('zoufang', 'raw echo', key):.2f}   (aim ≤ 1.4)")
print(f"key to screen: zoufang / dialog --form  {ratio('zoufang', 'dialog --form', key):.2f}   (aim ≤ 0.85)")
print(f"中文: zoufang / raw echo                {ratio('zoufang 中文', 'raw echo 中文', key):.2f}")
print(f"CPU a key: zoufang / raw echo           {ratio('zoufang', 'raw echo', lambda j: j['cpu_us_per_key']):.2f}")
print(f"CPU a key: zoufang / dialog --form      {ratio('zoufang', 'dialog --form', lambda j: j['cpu_us_per_key']):.2f}")
print(f"start to first screen: zoufang / dialog {ratio('zoufang first', 'dialog --form', start):.2f}   (aim ≤ 3)")
