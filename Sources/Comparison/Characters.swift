// Which characters of a name are one and the same (异体字, 繁体), which are taken for each other (形近字), and which stand for
// one that could not be typed. Short tables of what names hold; docs/comparison.md says what is not in them.

enum Characters {
  /// Each word: the usual form, then forms that mean the same character.
  static let sameText = """
    峰峯 群羣 村邨 喆哲 坤堃 升昇陞 钟鍾锺鐘 杰傑 强強彊 国國囯 云雲 龙龍 凤鳳 华華 兰蘭 丽麗 刚剛 军軍 红紅 艳艷豔 伟偉 静靜 娟 秀 \
    荣榮 庆慶 贵貴 宝寶寳 银銀 铁鐵 长長 东東 爱愛 莲蓮 凯凱 飞飛 鹏鵬 义義 礼禮 学學 兴興 业業 顺順 双雙 岚嵐 晓曉 亚亞 卫衛衞 圣聖 \
    张張 刘劉 陈陳 杨楊 赵趙 吴吳 孙孫 马馬 郑鄭 谢謝 许許 韩韓 冯馮 邓鄧 萧蕭 叶葉 苏蘇 吕呂 卢盧 钱錢 贾賈 韦韋 邹鄒 谭譚 陆陸 \
    罗羅 严嚴 万萬 龚龔 聂聶 阎閻 颜顏 庄莊 温溫 齐齊 乔喬 欧歐 诸諸 尧堯 贺賀 赖賴 顾顧 鲁魯 岳嶽 灵靈 净淨 焕煥 烟煙 玛瑪 琼瓊 胜勝 \
    炼煉 鉴鑒鑑 懋 咏詠 游遊 修脩 恒恆 淑 泽澤 锋鋒 铭銘 锐銳 钧鈞 锦錦 镇鎮 闻聞 骏駿 鸿鴻 鹤鶴 丹 芸蕓 苹蘋 葵 采採 彩綵 祐佑 杏 \
    晋晉 皋皐 翱翺 笋筍 珊珊 玫 瑶瑤 姗姍 妆妝 娴嫻嫺 婵嬋 嫒嬡 闺閨 绣繡綉 绢絹 绪緒 维維 绮綺 纯純 纪紀 纲綱 经經 结結 绍紹 继繼 续續 \
    纬緯 缘緣 贞貞 贤賢 赞贊讚 赟贇 跃躍 辉輝煇 运運 达達 远遠 连連 迁遷 选選 逊遜 逸 遥遙 邦 酝醞 针針 钢鋼 钦欽 铎鐸 镜鏡 间間 闯闖 \
    闽閩 阳陽 阴陰 陕陝 隐隱 韵韻韵 顶頂 项項 须須 预預 颖穎頴 频頻 题題 风風 饶饒 驰馳 驹駒 骄驕 骅驊 鱼魚 鲜鮮 鸣鳴 鸥鷗 鸾鸞 麟麐 
    """

  /// Each word: characters that are written or typed for each other and do not sound the same.
  static let lookAlikeText = """
    己已巳 戊戌戍 余佘 未末 土士 千干于 日曰 人入 天夭 大太犬 王玉 免兔 折拆 晴睛 侯候 沐沭 冶治 洒酒 茶荼 暖暧 祥详样 淑椒 萍苹 \
    宇字 林材 杜社 楷揩 清请情 丽两 萱宣 荣萤 博搏 传传 兰三 金全 令今 丹舟 刀力 儿几 春舂 昌冒 明朋 洋样 浩诰 晖晕 赢嬴羸 鸟乌 \
    玲铃 珍诊 梅海 桃姚 栋拣 炫眩 琪淇 瑞端 璐路 科料 穆睦 童重 竞竟 管菅 粟栗 翟瞿 肖尚 芬芳 苗笛 茵茴 莱菜 萌荫 蓝篮 贡责 赏尝 迪油 \
    钧钓 铭铬 锋峰 陶淘 雷雪 霞霜 韩朝 颖颍 香杳 高商 魏巍 麻床 仕任 仪议 伟讳 佳住 侍待 俊浚 倩情 傅博 兵乒 冉再 凯剀 勋勖 卓桌
    """

  /// Surnames that one family writes in two ways. Both sound the same.
  static let surnameText = "闫阎 肖萧 付傅 代戴 邱丘 候侯 兰蓝 于於 尹伊 晏宴 贠员 逯录 展詹 郝赫 单善"

  private static func words(_ text: String) -> [[UInt32]] {
    text.split(whereSeparator: \.isWhitespace).map { $0.unicodeScalars.map(\.value) }
  }

  /// The usual form by another form.
  static let usual: [UInt32: UInt32] = words(sameText).reduce(into: [:]) { table, word in
    for other in word.dropFirst() where other != word[0] { table[other] = word[0] }
  }

  private static let lookAlikes = pairs(of: lookAlikeText)
  private static let surnames = pairs(of: surnameText)

  private static func pairs(of text: String) -> Set<UInt64> {
    words(text).reduce(into: []) { set, word in
      for one in word { for other in word where one != other { set.insert(UInt64(one) << 32 | UInt64(other)) } }
    }
  }

  static func lookAlike(_ one: UInt32, _ other: UInt32) -> Bool { lookAlikes.contains(UInt64(one) << 32 | UInt64(other)) }

  static func areOneSurname(_ one: UInt32, _ other: UInt32) -> Bool { surnames.contains(UInt64(one) << 32 | UInt64(other)) }

  /// · • ． ・ and whatever else is typed between the parts of a minority name.
  static func isDot(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xB7, 0x2E, 0x2022, 0x2027, 0x30FB, 0xFF65, 0x22C5, 0x2219, 0x25CF, 0x25AA, 0x2E31, 0x16EB, 0x387, 0xB0, 0x3002, 0x2D,
      0x2010...0x2015, 0x5F:
      true
    default: false
    }
  }

  /// ? 〇 □ * and the like, where a character could not be typed.
  static func isPlaceholder(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3F, 0x2A, 0x3007, 0x25A1, 0x25A0, 0x25CB, 0x25EF, 0x3013, 0xD7, 0x203B, 0x23, Scalars.broken: true
    default: false
    }
  }

  /// Beyond the characters that every system has: extensions, compatibility forms, and private ones of old systems.
  static func isRare(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3400...0x4DBF, 0x9FA6...0x9FFF, 0xE000...0xFAFF, 0x2_0000...0x10_FFFF: true
    default: false
    }
  }
}
