"""Walks that ODK's own engine made just now, repeated by the real program: `zoufang form replay` must give the same results, labels, verdict
and final document, identifiers aside.

    replays.py ZOUFANG FORMS TRACES"""
import glob, os, re, subprocess, sys

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ENVIRONMENT = dict(os.environ, LANG="C.UTF-8", LC_ALL="C.UTF-8", SWIFT_BACKTRACE="enable=no", TZ="Asia/Shanghai")


def main(program, forms, traces):
    differing, names = [], sorted(glob.glob(os.path.join(traces, "*.trace")))
    for name in names:
        wanted = open(name, encoding="utf-8").read()
        steps = wanted[:wanted.index("<?xml")]
        form = os.path.join(forms, os.path.basename(name).split("-")[0] + ".xml")
        done = subprocess.run([program, "form", "replay", form, "-"], input=steps, capture_output=True, text=True, env=ENVIRONMENT)
        said, asked = [UUID.sub("UUID", text).rstrip("\n").split("\n") for text in (done.stdout, wanted)]
        if said != asked:
            at = next((at for at, pair in enumerate(zip(said, asked)) if pair[0] != pair[1]), min(len(said), len(asked)))
            ours, theirs = [(lines + ["nothing"] * (at + 1))[at] for lines in (said, asked)]
            differing.append(f"{os.path.basename(name)}, line {at + 1}: ODK {theirs[:300]}, we {ours[:300]} {done.stderr[:200]}")
    for line in differing:
        print("  NO  " + line)
    print(f"interop: {len(names)} walks of ODK's engine repeated, {len(differing)} differ")
    return 1 if differing or len(names) < 40 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
