// Surnames whose reading is not the usual one of their characters, and compound surnames. A compound stands before its
// first character.

enum Surname {
  /// The reading of the surname a name begins with, where it is a special one, and what follows it.
  static func split(_ name: String) -> (reading: [String]?, rest: Substring) {
    for length in [2, 1] {
      let head = name.prefix(length)
      if head.count == length, let reading = special[String(head)] {
        return (reading.split(separator: " ").map(String.init), name.dropFirst(length))
      }
    }
    return (nil, name[...])
  }

  static let special: [String: String] = [
    "万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun", "澹台": "tan tai", "令狐": "ling hu", "单于": "chan yu",
    "宰父": "zai fu", "中行": "zhong hang", "乐正": "yue zheng", "宿勤": "su qin",
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "乐": "yue", "盖": "ge", "朴": "piao",
    "缪": "miao", "覃": "qin", "翟": "zhai", "员": "yun", "祭": "zhai", "秘": "bi", "冼": "xian", "折": "she", "隗": "wei",
    "黑": "he", "种": "chong", "繁": "po", "卜": "bu", "车": "che", "谌": "chen", "郗": "xi", "郇": "xun", "牟": "mu",
    "能": "nai", "那": "na", "哈": "ha", "逄": "pang", "洗": "xian", "相": "xiang", "幺": "yao", "句": "gou", "都": "du",
    "撒": "sa", "阚": "kan", "乜": "nie", "会": "gui", "炅": "gui", "葛": "ge", "藏": "zang", "贲": "ben", "晁": "chao",
    "妫": "gui", "佴": "nai", "尹": "yin", "宓": "fu", "任": "ren", "华": "hua", "燕": "yan", "盛": "sheng", "召": "shao",
    "薄": "bo", "柏": "bai", "纪": "ji", "曲": "qu", "宁": "ning", "石": "shi", "过": "guo", "呙": "guo",
  ]
}
