#!/usr/bin/env python3
"""Writes the corpus of XPath expressions, one a line: every function and operator over values that are easy to get wrong."""
import itertools

NUMBERS = ["0", "1", "-1", "2.5", "-2.5", "1.005", "0.1", "1000000", "12345678.9", "10000000.5", "2147483647", "2147483648",
           "-2147483649", "0.001", "0.00012345", "1e2", "1 div 0", "-1 div 0", "0 div 0", "123456789012345", ".5", "7.", "1 div 3"]
STRINGS = ["''", "'a'", "'false'", "'true'", "'0'", "'1'", "' 12 '", "'-3.5'", "'1,5'", "'1e3'", "'--1'", "'-'", "'.'", "'5.'",
           "'+1'", "'1-2'", "'abc def'", "'张三'", "'a b c'", "'NaN'", "'Infinity'"]
DATES = ["'2020-02-29'", "'1970-01-01'", "'1969-12-31'", "'2026-11-24T09:30:05.120Z'", "'2026-11-24T09:30'",
         "'2026-11-24T23:30:00.000-02:00'", "'2026-11-24T00:30:00.000+08'"]
BOOLEANS = ["true()", "false()"]
VALUES = NUMBERS + STRINGS + BOOLEANS + ["date('2020-02-29')", "date('2026-11-24T09:30:05.120Z')"]
FEW = ["0", "1", "-1", "2.5", "''", "'a'", "'1'", "'0'", "'2.50'", "true()", "false()", "0 div 0", "1 div 0", "'false'",
       "date('2020-02-29')"]

lines = []
say = lines.append

for value in VALUES + DATES:
    say(value)
    for function in ["string", "number", "boolean", "not", "int", "round", "boolean-from-string", "string-length",
                     "normalize-space", "abs"]:
        say(f"{function}({value})")
for value in NUMBERS + ["'0.5'", "true()", "''"]:
    for function in ["sqrt", "exp", "exp10", "log", "log10", "sin", "cos", "tan", "asin", "acos", "atan"]:
        say(f"{function}({value})")
for left, right in itertools.product(FEW, FEW):
    for operator in ["=", "!=", "<", ">=", "+"]:
        say(f"{left} {operator} {right}")
for left, right in itertools.product(["7", "-7", "0", "2.5", "'9'", "''", "true()", "1 div 0"], ["2", "-2", "0", "0.5", "'4'", "'x'"]):
    for operator in ["-", "*", "div", "mod", "<=", ">"]:
        say(f"{left} {operator} {right}")
    say(f"pow({left}, {right})")
    say(f"atan2({left}, {right})")
for left, right in itertools.product(["true()", "false()", "1", "0", "'a'", "''"], repeat=2):
    say(f"{left} and {right}")
    say(f"{left} or {right}")
    say(f"coalesce({left}, {right})")
    say(f"if({left}, {right}, 'else')")
for value in ["2.555", "-2.555", "0.5", "1.5", "-0.5", "-1.5", "2.5", "1234.5678", "99.995", "-99.995", "0.0001", "12345678.915",
              "33.33", "-33.33", "45", "-45", "0", "1 div 0", "0 div 0", "'7.25'", "1.45", "1.005"]:
    for places in ["0", "1", "2", "3", "-1", "-2", "10", "31", "-31", "'1'", "1.9"]:
        say(f"round({value}, {places})")
for text in ["'hello'", "'张三李四'", "''", "'a'", "12345"]:
    for start, end in [("0", None), ("1", None), ("-2", None), ("9", None), ("0", "2"), ("1", "3"), ("1", "-1"), ("3", "1"),
                       ("-3", "-1"), ("0", "99"), ("'1'", "2.9"), ("0 div 0", None)]:
        say(f"substr({text}, {start}{', ' + end if end else ''})")
for text, part in itertools.product(["'hello'", "''", "'a.b.c'", "'张三'", "12.5", "true()"], ["'l'", "''", "'.'", "'三'", "'x'", "2", "'hello'"]):
    for function in ["contains", "starts-with", "ends-with", "substring-before", "substring-after"]:
        say(f"{function}({text}, {part})")
for source, target in [("'abc'", "'ABC'"), ("'abc'", "'A'"), ("''", "'x'"), ("'aab'", "'xyz'"), ("'l'", "''"), ("'张'", "'李'")]:
    for text in ["'aabbcc hello'", "''", "'张三'", "123"]:
        say(f"translate({text}, {source}, {target})")
for arguments in ["", "'a'", "'a', 1, true()", "1.50, '-', 2", "'', ''"]:
    say(f"concat({arguments})")
    say(f"join(', '{', ' + arguments if arguments else ''})")
    say(f"join('', {arguments or 1})")
for values in ["", "1", "1, 2", "3, 1, 2", "'5', 4", "'a', 4", "'a'", "''", "-4, -1, -3", "0, -1", "1 div 0, 5", "0 div 0, 2", "true(), 0"]:
    say(f"max({values})")
    say(f"min({values})")
for list_ in ["'a b c'", "''", "'a'", "'a  b'", "' a '", "'ab'", "'1 2 10'"]:
    for item in ["'a'", "'b'", "''", "' a '", "'a b'", "'10'"]:
        say(f"selected({list_}, {item})")
    say(f"count-selected({list_})")
    for at in ["0", "1", "-1", "2", "1.9", "'1'", "9", "0 div 0"]:
        say(f"selected-at({list_}, {at})")
say("is-selected('a b', 'b')")
say("selected(1, '1')")
say("selected('1 2', 1)")
say("count-selected(12)")
for bounds in ["1, 2", "-1, 1", "2, -1", "-1, -1", "0, 0"]:
    for items in ["true(), false(), true()", "1, 0", "'', 'a'", "false()"]:
        say(f"checklist({bounds}, {items})")
    for items in ["true(), 2", "true(), 0.5, true(), 0.5", "false(), 9, true(), 1", "'a', '2'"]:
        say(f"weighted-checklist({bounds}, {items})")
say("checklist(1, 2)")
say("weighted-checklist(0, 0)")
say("weighted-checklist(1, 2, true())")
PATTERNS = ["[0-9]+", "^[0-9]{3}$", "\\d{18}|\\d{17}[\\dX]", "a|b", "(ab)+c?", ".*", "", "[^a-c]x", "\\w+@\\w+\\.com", "1[3-9]\\d{9}",
            "[A-Z]{2}-?\\d*", "(?i)abc", "(?=.*\\d)(?=.*[a-z]).{4,8}", "(?!a).*", "\\p{L}+", "\\p{IsHan}{2,4}", "[\\u4e00-\\u9fa5]{2,}", "a{2}",
            "a{2,}", "a{,2}", "[a-", "(a", "a)", "*a", "[]a]", "\\bword\\b", "x*?y", "[\\w.-]+", "\\.", "a.c", "[+-]?\\d+", "(a|b|)c", "\\s*", "[0-9a-f-]{36}", "\\Qa\\E"]
for pattern in PATTERNS:
    for text in ["''", "'123'", "'abc'", "'ABc'", "'a1b2'", "'130599199001011234'", "'13012345678'", "'张三'", "'aa'", "'word'", "'bc'", "'a.c'", "' '"]:
        say(f"regex({text}, '{pattern}')")
say("regex(12, '[0-9]+')")
for date in DATES + ["0", "1.5", "-1", "'x'", "''", "0 div 0", "1 div 0", "true()", "3000000000", "'2020-02-30'", "'2020-13-01'", "'2020-1-2'",
                     "'20-1-2'", "'2020-01-02T'", "'2020-01-02T25:00'", "'2020-01-02T10:60'", "'2020-01-02T10:00:61'", "'2020-01-02T10:00:05,5'",
                     "'2020-01-02T10:00:00+08:00'", "'10:00'", "'2020/01/02'", "' 2020-01-02'", "date('2020-02-29')", "'2020-01-02T10:00:00.1'", "18321"]:
    for function in ["date", "date-time", "decimal-date-time", "decimal-time"]:
        say(f"{function}({date})")
    say(f"format-date({date}, '%Y-%m-%d')")
    say(f"format-date-time({date}, '%H:%M:%S.%3')")
for pattern in ["%Y", "%y", "%m", "%n", "%b", "%d", "%e", "%a", "%H", "%h", "%M", "%S", "%3", "%%", "%", "%x", "%Z", "plain", "", "%A", "%Y年%n月%e日"]:
    say(f"format-date('2026-03-04', '{pattern}')")
    say(f"format-date-time('2026-11-24T09:08:07.006Z', '{pattern}')")
for left, right in itertools.product(["date('2020-02-29')", "date('2020-03-01')", "18321"], repeat=2):
    for operator in ["=", "<", ">=", "-", "+", "*", "mod"]:
        say(f"{left} {operator} {right}")
for line in ["date('2020-02-29') + 1", "date(date('2020-02-29') + 1)", "'2020-02-29' < '2020-03-01'", "'2020-02-29' + 1",
             "number('1970-01-02')", "number('1970-01-02T12:00:00Z')", "int('2020-02-29')", "today() = today()", "now() >= today()",
             "string-length(today())", "string-length(string(now()))", "today() > '2015-07-15'", "'2015-07-15' < today()",
             "decimal-date-time(now()) > 0", "decimal-time(now()) < 1", "boolean(today())", "concat(date('2020-01-02'), '')"]:
    say(line)
for text in ["''", "'abc'", "'张三'", "'The quick brown fox jumps over the lazy dog, and then it jumps over the lazy dog again'"]:
    for algorithm in ["'MD5'", "'SHA-1'", "'SHA-256'", "'SHA-512'", "'md5'", "'CRC'"]:
        say(f"digest({text}, {algorithm})")
        say(f"digest({text}, {algorithm}, 'hex')")
say("digest('a', 'MD5', 'base64')")
say("digest('a', 'MD5', 'HEX')")
say("digest('a', 'MD5', 'rot13')")
for text in ["'aGVsbG8='", "'5byg5LiJ'", "''", "'YQ=='", "'YWI='"]:
    say(f"base64-decode({text})")
for line in ["string-length(uuid())", "string-length(uuid(8))", "string-length(uuid(0))", "random() < 1", "random() >= 0", "pi()",
             "distance('1 1;2 2')", "distance('38.253 21.756 0 0;38.252 21.757 0 0;38.251 21.758 0 0')", "distance('1 1', '2 2')", "distance('1 1;1 1')",
             "distance('x')", "distance('')", "distance('39.9 116.4 0 0', '31.2 121.5 0 0', '23.1 113.3 0 0')", "area('1 1;2 2;3 1;1 1')",
             "if(true(), 1, 1 div 0)", "if('', 'a', 'b')", "if(1, 2)", "coalesce('', '')", "coalesce(0 div 0, 'x')", "coalesce(0, 'x')", "depend(1, 2)",
             "true(1)", "unknown()", "position(1)", "count(1)", "sum(1)", "sum('1')", "count-non-empty('a')", "indexed-repeat(1, 2, 3)", "current()",
             "instance('x')", "instance('x')/root", "/data/a", ".", "..", "//a", "@a", "*", "a | b", "(1)[1]", "$a", "ancestor::a", "text()",
             "1 + 2 * 3", "(1 + 2) * 3", "2 * 3 mod 4", "10 - 4 - 3", "100 div 10 div 5", "-2 + 3", "- -2", "--2", "2--2", "2 - -2", "-'3'", "-(1)", "-true()",
             "1 < 2 < 3", "3 > 2 > 1", "1 = 1 = 1", "1 = 2 = 0", "1 != 2 = true()", "1 < 2 = true()", "true() or false() and false()",
             "1 + 1 = 2 and 2 + 2 = 4", "5 mod-2", "5 mod -2", "6div 2", "6 div2", "1 and1", "1 AND 1", "1 Or 0", "7 DIV 2", "7 MOD 4", "1and 1",
             "'it''s'", "\"it's\"", "'a\"b'", "'", "\"", "(", ")", "1 +", "+ 1", "1 1", "'a' 'b'", "1,2", "", " ", "concat(", "concat('a',)", "concat(,)", "[1]", "1[", "1]",
             "((((1))))", "1.2.3", "1..2", "..5", "1 = = 2", "1 ! 2", "1 !", "a:b:c()", "jr:itext('x')", "jr:choice-name('a', 'b')", "#", "1 & 2", "１", "if (true(), 1, 2)", " 1 ", "1\t+\t1",
             "not(not(1))", "not()", "not(1, 2)", "string()", "number()", "boolean()", "string-length()", "floor(1)", "ceiling(1)", "last()", "name()", "substring('abc', 1)", "lang('zh')",
             "string(0.1 + 0.2)", "0.1 + 0.2 = 0.3", "string(1 div 3)", "string(100000 * 100000)", "string(-0)", "-0", "string(1.0)", "string(1.10)", "1000000 * 1000000",
             "0.0000001", "0.0000000000001", "123456.789", "9999999.5", "99999999.5", "1 div 1000", "1 div 1001", "2 div 3 * 3 = 2", "5 mod 0", "-5 mod 3", "5 mod 3.5",
             "'a' < 'b'", "'2' > '10'", "'10' = 10", "'10' = '10.0'", "true() = 'x'", "true() = 1", "false() = ''", "'' = 0", "'x' = 0", "0 div 0 = 0 div 0", "1 div 0 = 1 div 0",
             "concat('a', 1 = 1)", "concat(1, 2) + 1", "int('3.9')", "int(-3.9)", "int('x')", "int(-0.5)", "abs('-3')", "number(true())", "number('')", "number(' ')", "version()", "property('x')",
             "once(1)", "string-length('𠮷田')", "substr('𠮷田', 0, 1)", "translate('𠮷田', '𠮷', '吉')", "normalize-space('  a   b\t c ')", "normalize-space('')", "normalize-space('\u00a0a')"]:
    say(line)

seen = set()
for line in lines:
    if line not in seen and "\n" not in line:
        seen.add(line)
        print(line)
