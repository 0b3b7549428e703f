// Generators: typed answers that a form for household visits accepts, by the field's zf:kind, by its name, by its
// type. Everything is made up; ID numbers stand in region 130599, which was never given out. One seed gives one
// sequence.

import java.time.LocalDate;
import java.util.*;

final class Generators {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String[] SURNAMES = {"张", "王", "李", "赵", "欧阳", "𬎆", "仇", "单", "曾", "陈"};
  private static final String[] GIVEN = {"秀兰", "建国", "梓萌", "福来", "𠮷祥", "磊", "翠花", "子轩", "玉珍", "㛃"};
  private static final String[] LONG_NAMES = {"阿卜杜拉·买买提", "古丽娜尔·艾合买提", "多吉·次仁", "张·伊丽莎白"};
  private static final String[] WORDS = {"老伴瘫在床上，离不开人。", "儿子在外打工，半年没有寄钱。", "药费一个月三百多，能报一半。", "房子西墙裂了，下雨就漏。",
      "没啥困难，感谢惦记。", "A&B <c> \"引号\"", "孩子上学要钱"};
  private static final String[] PLACES = {"东庄村一组3号", "石家庄", "北京市大兴区", "村东头水塘", "天津"};

  private final Random random;

  Generators(Random random) { this.random = random; }

  boolean oneIn(int n) { return random.nextInt(n) == 0; }
  int below(int n) { return random.nextInt(n); }
  private String any(String[] list) { return list[random.nextInt(list.length)]; }

  /** A text for the field, or null where this generator does not know one. `wrong` asks for one that the form should refuse. */
  String text(String kind, String name, String type, boolean wrong) {
    switch (key(kind, name, type)) {
      case "idNumber": return idNumber(wrong);
      case "name": return wrong ? "张3" : name();
      case "phone": return wrong ? "1234" : phone();
      case "money": return wrong ? "-1" : money();
      case "date": return (wrong ? TODAY.plusDays(400L + below(400)) : date(name)).toString();
      case "partialDate": return wrong ? "20245" : partialDate(name);
      case "number": return Integer.toString(wrong ? 99 : below(13));
      case "division": return wrong ? "1305" : "130599100" + (201 + below(2));
      case "code": return "A-" + (1000 + below(9000));
      case "certificate": return wrong ? "12" : idNumber(false) + (1 + below(7)) + (1 + below(4)) + (oneIn(4) ? "B1" : "");
      case "place": return any(PLACES);
      case "time": return String.format("%02d:%02d", below(24), below(60));
      case "dateTime": return TODAY.minusDays(below(90)) + String.format("T%02d:%02d:00.000+08:00", below(24), below(60));
      case "geopoint": return String.format(Locale.ROOT, "%.4f %.4f 0 0", 36 + random.nextDouble(), 114 + random.nextDouble());
      case "decimal": return String.format(Locale.ROOT, "%.2f", random.nextDouble() * 1000);
      case "integer": return Integer.toString(below(oneIn(2) ? 12 : 120));
      default: return any(WORDS) + (oneIn(3) ? any(WORDS) : "");
    }
  }

  private static String key(String kind, String name, String type) {
    if (kind != null && !kind.equals("text")) return kind;
    String lower = name.toLowerCase(Locale.ROOT);
    if (type.equals("string")) {
      if (lower.contains("phone")) return "phone";
      if (lower.contains("id_number")) return "idNumber";
      if (lower.equals("name") || lower.endsWith("_name")) return "name";
      return "text";
    }
    return type;
  }

  private String name() { return oneIn(8) ? any(LONG_NAMES) : any(SURNAMES) + any(GIVEN); }

  private String phone() {
    if (oneIn(5)) return "0319-" + (6000000 + below(999999));
    return "1" + (3 + below(7)) + String.format("%09d", below(1_000_000_000));
  }

  private String money() {
    if (oneIn(10)) return "0";
    if (oneIn(6)) return (10 + below(90)) + "." + below(10);
    return Integer.toString(100 * (1 + below(oneIn(4) ? 600 : 60)));
  }

  /** A day up to a year before the visit; the visit itself within November; the next visit after it. */
  private LocalDate date(String name) {
    if (name.startsWith("next")) return TODAY.plusDays(1 + below(180));
    if (name.startsWith("visit")) return TODAY.minusDays(below(20));
    return TODAY.minusDays(20 + below(300));
  }

  private String partialDate(String name) {
    LocalDate day = name.startsWith("birth") ? birth() : TODAY.minusDays(30L + below(4000));
    return day.toString().substring(0, oneIn(3) ? 4 : oneIn(2) ? 7 : 10);
  }

  private LocalDate birth() {
    int years = oneIn(3) ? below(16) : oneIn(3) ? 60 + below(35) : 16 + below(44);
    return TODAY.minusYears(years).minusDays(30 + below(300));
  }

  private String idNumber(boolean wrong) {
    String body = "130599" + birth().toString().replace("-", "") + String.format("%03d", below(1000));
    int sum = 0;
    for (int i = 0; i < 17; i++) sum += (body.charAt(i) - '0') * WEIGHTS[i];
    char check = "10X98765432".charAt(sum % 11);
    if (wrong) return oneIn(3) ? body : body + (check == '0' ? '1' : '0');
    return body + (check == 'X' && oneIn(2) ? 'x' : check);
  }
}
