import Testing

/// The lists are those of the field, word for word and complete; the order is ours (frequent first).
@Suite struct CodeListTests {
  /// By list of the form: labels, and codes where a national code is stored.
  static let exact: [(list: String, labels: String)] = [
    ("have_unknown", "有 无 不清楚"),
    ("yes_no_unknown", "是 否 不清楚"),
    ("method", "入户 电话 邻里访问 未遇"),
    ("not_met_reason", "家中无人 外出务工 拒访 搬迁 死亡 空挂户 其他"),
    ("left_reason", "去世 婚出 分户 迁出 登记有误 其他"),
    ("channel", "个人申请 主动发现 监测预警"),
    ("household_kind", "一般农户 脱贫户"),
    ("disability_kind", "1视力残疾 2听力残疾 3言语残疾 4肢体残疾 5智力残疾 6精神残疾 7多重残疾"),
    ("disability_grade", "1一级(最重) 2二级 3三级 4四级"),
    ("labour", "普通劳动力 技能劳动力 弱劳动力或半劳动力 丧失劳动力 无劳动力"),
    ("education", "文盲或半文盲 小学 初中 高中 大专 本科及以上"),
    ("dropout_reason", "因病 因残 厌学 其他"),
    ("political", "中共党员 中共预备党员 共青团员 群众"),
    ("marital", "10未婚 20已婚 30丧偶 40离婚 90未说明"),
    ("sex", "1男 2女 0未知 9未说明"),
    (
      "relation",
      """
      02户主 10配偶 20之子 30之女 38之儿媳 28之女婿 41之孙子 42之孙女 43之外孙子 44之外孙女 51之父 52之母 55之岳父 56之岳母 53之公公 54之婆婆 61之祖父 \
      62之祖母 63之外祖父 64之外祖母 70之兄弟姐妹 47之曾孙子 48之曾孙女 93之侄儿 94之侄女 74之兄弟媳妇 83之叔伯 80其他
      """
    ),
    (
      "schooling",
      """
      学龄前儿童 学前教育 小学 七年级 八年级 九年级 普通高中一年级 普通高中二年级 普通高中三年级 中职一年级 中职二年级 中职三年级 高职高专一年级 高职高专二年级 \
      高职高专三年级 技师学院一年级 技师学院二年级 技师学院三年级 技师学院四年级 本科一年级 本科二年级 本科三年级 本科四年级 本科五年级 硕士研究生及以上 非在校生
      """
    ),
    (
      "ethnicity",
      """
      01汉族 02蒙古族 03回族 04藏族 05维吾尔族 06苗族 07彝族 08壮族 09布依族 10朝鲜族 11满族 12侗族 13瑶族 14白族 15土家族 16哈尼族 17哈萨克族 18傣族 \
      19黎族 20傈僳族 21佤族 22畲族 23高山族 24拉祜族 25水族 26东乡族 27纳西族 28景颇族 29柯尔克孜族 30土族 31达斡尔族 32仫佬族 33羌族 34布朗族 35撒拉族 \
      36毛南族 37仡佬族 38锡伯族 39阿昌族 40普米族 41塔吉克族 42怒族 43乌孜别克族 44俄罗斯族 45鄂温克族 46德昂族 47保安族 48裕固族 49京族 50塔塔尔族 \
      51独龙族 52鄂伦春族 53赫哲族 54门巴族 55珞巴族 56基诺族 97其他 98外国血统中国籍人士
      """
    ),
    (
      "emergency_kind",
      """
      火灾 交通事故 溺水 触电 工伤事故 坠落/人身伤害 突发重大疾病 自然灾害-洪涝 自然灾害-干旱 自然灾害-风雹 自然灾害-低温冷冻/雪灾 自然灾害-地震/地质灾害 \
      房屋倒损 种植养殖绝收/疫病 产业经营失败 失业/欠薪 主要劳动力死亡 主要劳动力服刑/失联 家庭变故(离异/弃养) 被诈骗/重大财产损失 疫情等公共卫生事件 其他
      """
    ),
    (
      "serious",
      """
      儿童先天性心脏病 儿童白血病 胃癌 食道癌(食管癌) 结肠癌 直肠癌 终末期肾病 肺癌 肝癌 乳腺癌 宫颈癌 急性心肌梗死 白内障 尘肺 神经母细胞瘤 儿童淋巴瘤 骨肉瘤 \
      血友病 地中海贫血 唇腭裂 尿道下裂 耐多药结核病 脑卒中 慢性阻塞性肺气肿(慢性阻塞性肺疾病) 艾滋病机会感染 膀胱癌 卵巢癌 肾癌 重性精神疾病 风湿性心脏病 其他
      """
    ),
    (
      "chronic",
      """
      高血压(Ⅲ级高危及以上) 糖尿病 冠心病 慢性心力衰竭 脑血管病后遗症 慢性阻塞性肺疾病 支气管哮喘 慢性肾炎/慢性肾功能不全 肝硬化/慢性乙型肝炎 类风湿性关节炎 \
      系统性红斑狼疮 帕金森病 癫痫 精神分裂症等严重精神障碍 结核病 甲状腺疾病 恶性肿瘤门诊放化疗 器官移植抗排异 血液透析 其他
      """
    ),
    (
      "scheme",
      """
      低保 特困供养 低保边缘 临时救助 医疗救助 教育资助 住房救助(危房改造/公租房) 就业救助(公益岗) 受灾救助 困难残疾人生活补贴 重度残疾人护理补贴 孤儿/事实无人抚养儿童基本生活费 \
      高龄津贴 养老服务补贴 优抚 小额信贷 产业奖补 雨露计划 防贫保险 慈善救助 取暖救助 其他
      """
    ),
    ("need", "基本生活 医疗 教育 住房 就业 产业 照料护理 康复/辅具 心理/社工 法律援助 临时救助 饮水 其他"),
    ("hardship", "因病 因学 因残 因自然灾害 因意外事故 因产业项目失败 因务工就业不稳 缺劳动力 其他"),
    ("result", "未发现困难 疑似符合 急难需立即救助 需复核"),
    ("category", "低保对象 特困人员 低保边缘家庭 脱贫不稳定户 边缘易致贫户 突发严重困难户 支出型困难家庭 其他低收入人口"),
    ("housing_paper", "A级(安全) B级(基本安全) C级(局部危险) D级(整幢危险) 无房户 未鉴定"),
    ("signature", "签字 按印 拒签"),
  ]

  @Test(arguments: exact.map(\.list)) func listIsExact(_ list: String) throws {
    let wanted = Set(try #require(Self.exact.first { $0.list == list }).labels.split(whereSeparator: \.isWhitespace))
    let entries = try #require(XFormText.shipped().lists[list])
    let isNational = wanted.allSatisfy { $0.first?.isNumber == true }
    let found = entries.map { isNational ? $0.code + $0.label : $0.label }
    #expect(found.count == wanted.count)
    #expect(Set(found.map { Substring($0) }) == wanted)
    #expect(Set(entries.map(\.code)).count == entries.count)
  }

  @Test func listsOfTheFieldHaveTheirLength() throws {
    let lists = try XFormText.shipped().lists
    let counts = [
      "relation": 28, "ethnicity": 58, "schooling": 26, "emergency_kind": 22, "serious": 31, "scheme": 22, "need": 13,
    ]
    for (list, count) in counts { #expect(lists[list]?.count == count, "\(list)") }
  }

  /// What a clerk's roster may say is what the form says.
  @Test func importListsAreThoseOfTheForm() throws {
    let rows = try Repository.table("seeds/codes.csv")
    for (list, entries) in try XFormText.shipped().lists {
      for entry in entries {
        #expect(
          rows.contains { $0["列表"] == list && $0["代码"] == entry.code && $0["名称"] == entry.label },
          "\(list) \(entry.code)")
      }
    }
  }
}
