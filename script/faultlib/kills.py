"""Both series of kills, as script/faults asks for them: prints what it does on standard error and one line of figures at the end."""
import argparse, os, random, shutil, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "interoplib")]
import county, laptop


def say(text):
    print(f"faults: {text}", file=sys.stderr, flush=True)


def arguments():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--smoke", action="store_true")
    asked.add_argument("--seed", type=int)
    asked.add_argument("--laptop", type=int)
    asked.add_argument("--county", type=int)
    asked.add_argument("programs")
    given = asked.parse_args()
    usual = (4, 2) if given.smoke else (20, 5) if given.quick else (200, 50)
    given.visits = 3 if given.smoke else 12
    given.laptop = usual[0] if given.laptop is None else given.laptop
    given.county = usual[1] if given.county is None else given.county
    given.seed = random.SystemRandom().randrange(1 << 31) if given.seed is None else given.seed
    return given


def laptop_line(done, bench):
    where = ", ".join(f"{count} {kind}" for kind, count in done.table.items())
    return (f"zoufang: {done.kills} kills ({where}), {done.finished} visits finished, {done.compared} entries compared, "
            f"0 lost, 0 doubled, {done.kept_unshown} kept that were not yet shown as saved")


def county_line(done):
    return (f"zoufangd: {done.kills} kills, {done.interrupted} pushes broken off, {done.partial} with part of the lines stored, "
            f"{done.rounds} rounds of {len(done.ids)} records, 0 lost, 0 doubled")


def main():
    given = arguments()
    say(f"seed {given.seed}")
    programs = {name: os.path.join(os.path.abspath(given.programs), name) for name in ("zoufang", "zoufangd")}
    os.environ.setdefault("ZOUFANG_SHARE", os.path.dirname(os.path.dirname(HERE)))
    work = tempfile.mkdtemp(prefix="zoufang-faults-")
    start = time.monotonic()
    lines = []
    try:
        typed, bench = laptop.run(programs["zoufang"], os.path.join(work, "typing"), given.laptop, given.seed, say)
        lines.append(laptop_line(typed, bench))
        say(lines[-1])
        if given.county:
            pushed = county.run(programs, os.path.join(work, "pushing"), bench.moments, given.county, given.visits, given.seed, say)
            lines.append(county_line(pushed))
            say(lines[-1])
    except laptop.Lost as lost:
        print(f"faults: LOST: {lost}")
        return 1
    shutil.rmtree(work)
    print(f"faults: seed {given.seed}; {'; '.join(lines)}; journals clean after every kill; {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
