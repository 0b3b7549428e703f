#!/usr/bin/env python3
"""How fast a department's list comes into the store, beside what SQLite does with the same rows.

    import_rate.py ZOUFANGD FLOOR PROFILES FOLDER [ROWS [ROUNDS]]

A made-up list of a million rows (.csv) is imported into a new county by `zoufangd import list --no-compare`: the time is that of the
whole process, from its start to its end, reading, checking and hashing the file included. Beside it, in the same round and on the same
disk, the floor writes the same rows into the same table, 200 a transaction, and does nothing else. The rounds alternate.
"""
import os, random, shutil, statistics, subprocess, sys, time


def number(random_, serial):
    base = f"130599{1935 + serial % 75:04}{1 + serial // 75 % 12:02}{1 + serial // 900 % 28:02}{random_.randrange(1000):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return base + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(base, weights)) % 11]


def make(path, rows, seed=2026):
    random_ = random.Random(seed)
    surnames, given = "王李张刘陈杨黄赵吴周", "伟芳娜秀英敏静丽强磊军洋勇艳杰"
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write("姓名,身份证号,所在村,个人自付,结算截止日期,主要诊断\n")
        for serial in range(rows):
            name = random_.choice(surnames) + random_.choice(given) + random_.choice(given)
            village = f"130599{100 + serial % 20}{201 + serial // 20 % 15}"
            file.write(f"{name},{number(random_, serial)},{village},{random_.randrange(9_000_000) / 100:.2f},2026-10-31,脑梗死\n")
    os.rename(path + ".new", path)


def main():
    program, floor, profiles, folder = [os.path.abspath(word) for word in sys.argv[1:5]]
    rows, rounds = int((sys.argv[5:] or ["1000000"])[0]), int((sys.argv[6:] or ["5"])[0])
    os.makedirs(folder, exist_ok=True)
    listed, county, new = f"{folder}/list-{rows}.csv", folder + "/county", folder + "/floor.db"
    if not os.path.exists(listed):
        make(listed, rows)
    ours, theirs = [], []
    for _ in range(rounds):
        shutil.rmtree(county, ignore_errors=True)
        for end in ("", "-wal", "-shm"):
            if os.path.exists(new + end):
                os.remove(new + end)
        run = lambda *words: subprocess.run(words, check=True, capture_output=True, text=True).stdout
        run(program, "init", county, "--name", "示范县", "--division", "130599", "--host", "localhost")
        begin = time.perf_counter()
        said = run(program, "import", "list", county, listed, "--profile", "medical_insurance/expense", "--as-of", "2026-10-31",
                   "--profiles", profiles, "--no-compare")
        ours.append(time.perf_counter() - begin)
        kept, spent = run(floor, county + "/county.db", new).split()
        assert int(kept) == rows, said
        theirs.append(float(spent))
        print(f"  import {ours[-1]:.2f} s, SQLite {theirs[-1]:.2f} s", flush=True)
    shares = sorted(other / own for own, other in zip(ours, theirs))
    size = os.path.getsize(county + "/county.db") / rows
    print(f"import: {rows} rows; {rows / statistics.median(ours):.0f} rows/s, SQLite at 200 a transaction "
          f"{rows / statistics.median(theirs):.0f} rows/s; share {statistics.median(shares):.2f} [{shares[0]:.2f}…{shares[-1]:.2f}]; "
          f"{size:.0f} bytes a row in the store")
    shutil.rmtree(county, ignore_errors=True)


if __name__ == "__main__":
    main()
