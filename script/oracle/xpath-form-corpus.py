#!/usr/bin/env python3
"""Writes the corpus of expressions over Tests/XForm/Vectors/xpath-form.xml: context, tab, expression."""
ROOT = """
/data/name|/data/age|/data/weight|string(/data/weight)|/data/born|/data/empty|/data/kinds|/data/hidden|/data/nothing|/data|/data/b|string(/data/b)
if(/data/b, 1, 2)|not(/data/empty)|boolean(/data/name)|boolean(/data/age - 41)|/data/age + 1|/data/age = '41'|/data/age = 41|/data/weight * 2
/data/born < today()|/data/born = '1985-03-04'|/data/born + 1|date(/data/born + 1)|format-date(/data/born, '%e/%n/%y')|decimal-date-time(/data/born)
selected(/data/kinds, 'b')|selected(/data/kinds, 'c')|count-selected(/data/kinds)|selected-at(/data/kinds, 2)|selected-at(/data/kinds, 3)
count(/data/member)|count(/data/member/visit)|sum(/data/member/age)|sum(/data/member/visit/cost)|max(/data/member/age)|min(/data/member/age)
count(/data/member[age > 10])|count(/data/member[age > 10 or name = '乙'])|count(/data/member[visit/cost > 5])|sum(/data/member[age > 1]/visit/cost)
count(/data/member[position() > 1])|/data/member[position() = 2]/name|/data/member[name = '乙']/age|/data/member[age = '']/name|count(/data/member[age = ''])
join(', ', /data/member/name)|concat(/data/member/name)|count-non-empty(/data/member/age)|count-non-empty(/data/member/name)|count-non-empty(/data/member)
count(/data/hidden)|string-length(/data/hidden)|coalesce(/data/empty, /data/name)|coalesce(/data/hidden, 'x')|concat(/data/name, /data/age)
instance('villages')/root/item[code = 'v2']/label|count(instance('villages')/root/item[town = 't1'])|count(instance('villages')/root/item)|instance('villages')/root/item[position() = 3]/label
count(instance('villages')/root/item[town = 't1'][code != 'v1'])|instance('nothing')/root/item|join('', instance('villages')/root/item[town = 't1']/label)
indexed-repeat(/data/member/name, /data/member, 2)|indexed-repeat(/data/member/name, /data/member, 9)|indexed-repeat(/data/member/name, /data/member, 0)
indexed-repeat(/data/member/visit/cost, /data/member, 1, /data/member/visit, 2)|indexed-repeat(/data/name, /data/member, 1)|indexed-repeat('x', /data/member, 1)
position(/data/member)|position(/data/nothing)|checklist(1, 2, /data/member/age)|weighted-checklist(75, 75, /data/member/name, /data/member/age)
area(/data/shape)|distance(/data/shape)|geofence('1.5 2', /data/shape)|geofence('5 5', /data/shape)|distance(/data/where)|/data/where
/data/@id|/data/@version|/data/@nothing|count(/data/group/inner/leaf)|/data/group/inner|/data/./name|/data/group/../name|/data/group/inner/../../name
string-length(/data/name)|regex(/data/name, '张.')|substr(/data/name, 0, 1)|int(/data/weight)|round(/data/weight)|-/data/age|/data/age mod 2
once('x')|string-length()|position()|current()/name|/data/name = /data/name|/data/member[3]/age|/data/name | /data/age|//leaf|(/data/name)[1]|ancestor::x
count(randomize(/data/member))|count(randomize(/data/member, 42))|randomize(1)|true() and /data/empty|/data/empty = 0|/data/empty + 1|/data/name + 1|sum(/data/name)
sum(/data/nothing)|max(/data/nothing)|/data/nothing = ''|/data/member/name|/data/member/name = '甲'|/data/member/age > 60|number(/data/member/age)
"""
MEMBER = """
.|../name|../../name|/data/name|/data/member/name|/data/member/age|count(/data/member)|count(../../member)|sum(/data/member/age)|sum(../../member/age)|position(..)|position(../..)
count(../visit)|sum(../visit/cost)|sum(/data/member/visit/cost)|count(/data/member/visit)|count(/data/member[true()])|join(',', ../../member/name)|current()/../name
/data/member[position() = 1]/name|/data/member[name = current()/../name]/age|count(/data/member[age > current()])|count(../../member[age < current()/../age])
instance('villages')/root/item[code = concat('v', position(current()/..))]/label|indexed-repeat(/data/member/name, /data/member, 1)|indexed-repeat(../name, .., 1)
indexed-repeat(/data/member/name, /data/member, position(..) - 1)|once(9)|string-length()|normalize-space()|. > 3|. = ''|./../name|../child::name|self::node()|parent::node()/name|../nothing|name
count(../..)|count(..)|count(.)|../visit/day|string(../visit/day)|count(../visit[cost > 1])
"""
VISIT = """
.|../day|../../name|../../../name|/data/member/visit/day|/data/member/name|count(/data/member/visit)|count(../../visit)|count(../../../member/visit)|position(..)|position(../..)
sum(/data/member/visit/cost)|sum(../../visit/cost)|/data/member/age|indexed-repeat(/data/member/visit/cost, /data/member, 1, /data/member/visit, 1)|count(/data/member)
indexed-repeat(/data/member/visit/cost, /data/member/visit, 1)|current()/../../name
"""

def lines(context, block):
    seen = set()
    for row in block.strip().split("\n"):
        # A bar inside an expression is a union: it has spaces around it.
        for expression in row.replace(" | ", "\0").split("|"):
            expression = expression.replace("\0", " | ")
            if expression not in seen:
                seen.add(expression)
                print(context + "\t" + expression)

lines("/data", ROOT)
for number in (1, 2, 3):
    lines(f"/data/member[{number}]/age", MEMBER)
lines("/data/member[1]/visit[2]/cost", VISIT)
lines("/data/member[2]/visit[1]/cost", VISIT)
