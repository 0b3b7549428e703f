"""generate.py OUT [PERSONS ROWS SEED]: a made-up register and a department's list, with the truth of every row.

pop.csv    id,name,birth,village           the register; everybody has a valid number of the unassigned region 130599
dept.csv   id,name,birth,village,plate,amount   a list; a fifth of its rows means somebody of the register
truth.csv  row,person,kind                 rows count from 0; `person` is a row of pop.csv

Kinds. Number: exact, id15, lowerx, fullwidth, apostrophe, other_name. Similar: digit, swap, check (a fault in the number, the name as it
is or a homophone), and without a number: plain, variant (blanks, dots, 异体字), homophone, unclear (a character that could not be typed).
Nobody's number stands under another one. Every twentieth stranger is made to be confused with somebody: a twin (born the same day in the
same village, one character of the name is another one), a namesake (same name and birth, another village), a neighbour (the next order
number of the same day, another name), a damaged number of a stranger that leads near somebody else's."""
import sys

import numpy as np

out, persons, rows, seed = sys.argv[1], *(int(x) for x in (sys.argv[2:] + ["500000", "1000000", "20261126"][len(sys.argv) - 2:]))
random = np.random.default_rng(seed)
SURNAMES = list("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾田董袁潘于蒋蔡余杜程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤肖付") + ["欧阳", "上官", "诸葛", "司马"]
GIVEN = list("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂梅玲华红建国文志玉春海燕云凤花荣生林东波辉鹏飞宇浩然子轩梓涵雨欣怡佳琪思远博昊天一诺依晨峰群喆坤晓亚卫圣晴暖")
HOMOPHONES = [tuple(x) for x in "伟玮 芳方 秀绣 英瑛 静靖 丽莉 强墙 军君 洋阳 勇永 艳燕 杰洁 涛滔 明铭 平萍 刚钢 梅玫 玲铃 华桦 红宏 建健 文雯 志智 玉钰 春椿 海醢 花华 荣容 林琳 东冬 波播 辉晖 鹏朋 飞菲 宇羽 浩昊 子紫 轩宣 雨语 欣新 怡宜 琪奇 思司 远苑 博勃 天添 依伊 晨辰".split()]
VARIANTS = dict(zip("峰群喆坤杰强龙凤华丽刚军红艳伟荣国云东鹏飞晓亚卫圣", "峯羣哲堃傑強龍鳳華麗剛軍紅豔偉榮國雲東鵬飛曉亞衛聖"))
MINORITY = [a + "·" + b for a in ("买买提", "阿依古丽", "艾合买提", "帕提古丽", "吐尔逊") for b in ("吐尔逊", "艾山", "尼亚孜", "玉素甫", "依明")]
HOMOPHONE = {a: b for pair in HOMOPHONES for a, b in (pair, pair[::-1]) if a in GIVEN}
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CHECKS = "10X98765432"


def check(first17):
    return CHECKS[sum(int(c) * int(w) for c, w in zip(first17, WEIGHTS)) % 11]


def numbers(count):
    """That many different valid numbers; drawn without replacement from all there can be of eighty years."""
    days = np.array([y * 10000 + m * 100 + d for y in range(1935, 2016) for m in range(1, 13) for d in range(1, 29)])
    # Twelve days' numbers are kept free for neighbours.
    drawn = random.choice(len(days) * 900, count, replace=False)
    texts = [f"130599{days[x // 900]}{x % 900:03d}" for x in drawn.tolist()]
    return [text + check(text) for text in texts]


def name():
    if random.random() < 0.02:
        return MINORITY[random.integers(len(MINORITY))]
    text = SURNAMES[random.integers(len(SURNAMES))] + GIVEN[random.integers(len(GIVEN))]
    return text + GIVEN[random.integers(len(GIVEN))] if random.random() < 0.8 else text


def birth(number):
    style = random.integers(4)
    y, m, d = number[6:10], number[10:12], number[12:14]
    return [f"{y}{m}{d}", f"{y}-{m}-{d}", f"{y}/{int(m)}/{int(d)}", f"{y}年{int(m)}月{int(d)}日"][style]


villages = [f"130599{100 + t}{200 + v}" for t in range(20) for v in range(20)]
everybody = numbers(persons + rows)
people = [(n, name(), villages[random.integers(400)]) for n in everybody[:persons]]
with open(f"{out}/pop.csv", "w", encoding="utf-8") as file:
    file.write("id,name,birth,village\n")
    file.writelines(f"{n},{m},{n[6:14]},{v}\n" for n, m, v in people)


def digit(number, at):
    return number[:at] + str((int(number[at]) + int(random.integers(1, 10))) % 10) + number[at + 1:]


def swapped(number):
    places = [p for p in range(6, 16) if number[p] != number[p + 1]]
    at = places[random.integers(len(places))]
    return number[:at] + number[at + 1] + number[at] + number[at + 2:]


def changed(text, table):
    """One character of the given name by the table; None where there is none in it."""
    places = [p for p in range(1, len(text)) if text[p] in table]
    if not places:
        return None
    at = places[random.integers(len(places))]
    return text[:at] + table[text[at]] + text[at + 1:]


def variant(text):
    if "·" in text:
        return text.replace("·", ["•", "．", "・", ".", ""][random.integers(5)])
    other = changed(text, VARIANTS)
    return other if other and random.random() < 0.7 else text[0] + [" ", "　"][random.integers(2)] + text[1:]


def unclear(text):
    at = random.integers(1, len(text))
    return text[:at] + ["?", "〇", "□", "*", "??", "生僻字"][random.integers(6)] + text[at + 1:]


def row_of(kind, person):
    number, text, village = person
    day = birth(number)
    if kind == "id15" and number[6:8] == "19":
        number = number[:6] + number[8:17]
    elif kind == "lowerx":
        number = number.replace("X", "x")
    elif kind == "fullwidth":
        number = "".join(chr(ord(c) + 0xFEE0) for c in number)
    elif kind == "apostrophe":
        number = "'" + number
    elif kind == "other_name":
        text = name()
    elif kind in ("digit", "swap", "check"):
        if random.random() < 0.1:
            text = changed(text, HOMOPHONE) or text
        if random.random() < 0.5:
            day = village = ""
        if kind == "digit":
            number = digit(number, int(random.integers(6, 17)))
        elif kind == "swap":
            number = swapped(number)
        else:
            number = number[:17] + CHECKS[(CHECKS.index(number[17]) + int(random.integers(1, 11))) % 11]
    elif kind in ("plain", "variant", "homophone", "unclear"):
        number = ""
        text = {"plain": lambda: text, "variant": lambda: variant(text), "unclear": lambda: unclear(text),
                "homophone": lambda: changed(text, HOMOPHONE) or text}[kind]()
    return number, text, day, village


def stranger(number):
    """Somebody who is not in the register; every twentieth can be confused with somebody who is."""
    text, village, day = name(), villages[random.integers(400)], ""
    if random.random() < 0.05:
        other = people[random.integers(persons)]
        kind = random.integers(4)
        if kind == 0:
            place = random.integers(1, len(other[1]))
            text = other[1][:place] + GIVEN[random.integers(len(GIVEN))] + other[1][place + 1:]
            if text == other[1] or changed(text, HOMOPHONE) == other[1]:
                text = name()
            first = other[0][:14] + str(900 + random.integers(100))
            return (first + check(first) if random.random() < 0.5 else ""), text, birth(other[0]), other[2]
        if kind == 1:
            others = [v for v in (villages[random.integers(400)] for _ in range(3)) if v != other[2]]
            return "", other[1], birth(other[0]), others[0]
        if kind == 2:
            first = other[0][:14] + str(900 + random.integers(100))
            return first + check(first), text, birth(first), other[2]
        return digit(other[0], int(random.integers(6, 17))), text, "", village
    if random.random() < 0.10:
        return "", text, birth(number), village
    return number, text, birth(number), village


KINDS = {"exact": .70, "id15": .03, "lowerx": .03, "fullwidth": .01, "apostrophe": .01, "other_name": .02, "digit": .03, "swap": .02,
         "check": .01, "plain": .06, "variant": .03, "homophone": .03, "unclear": .02}
meant = rows // 5
targets = random.choice(persons, meant, replace=meant > persons).tolist()
places = random.choice(rows, meant, replace=False).tolist()
kinds = random.choice(list(KINDS), meant, p=list(KINDS.values())).tolist()
truth = {place: (target, kind) for place, target, kind in zip(places, targets, kinds)}
with open(f"{out}/dept.csv", "w", encoding="utf-8") as file, open(f"{out}/truth.csv", "w", encoding="utf-8") as answers:
    file.write("id,name,birth,village,plate,amount\n")
    answers.write("row,person,kind\n")
    for place in range(rows):
        if place in truth:
            target, kind = truth[place]
            row = row_of(kind, people[target])
            answers.write(f"{place},{target},{kind}\n")
        else:
            row = stranger(everybody[persons + place])
        file.write(",".join(row) + f",冀E{random.integers(100000):05d},{random.integers(1, 500000)}\n")
