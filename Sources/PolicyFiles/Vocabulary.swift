// The words a case file may use, English and Chinese. docs/screening.md lists them; a test sees that it does.

internal import Relief

enum Vocabulary {
  static let answers = Words<Answer>([
    "yes 是 有 true y on": .yes, "no 否 无 没有 false n off none": .no, "unknown 不清楚 不详 待核": .unknown,
  ])

  static let hukou = Words<Hukou>(["rural 农村 农业 乡 乡村": .rural, "urban 城镇 城市 非农业 城": .urban])

  static let householdKinds = Words<HouseholdKind>([
    "ordinary 一般农户 普通农户": .ordinary, "out_of_poverty 脱贫户 建档立卡脱贫户": .outOfPoverty,
  ])

  static let categories = Words<ReliefCategory>([
    "lb 低保 低保对象 最低生活保障 低保户": .lb, "tk 特困 特困人员 特困供养": .tk, "by 低保边缘 边缘 低保边缘家庭 低保边缘人口": .by,
    "tpbw 脱贫不稳定 脱贫不稳定户": .tpbw, "byyz 边缘易致贫 边缘易致贫户": .byyz, "tfyz 突发严重困难 突发严重困难户": .tfyz,
    "zcx 支出型困难 支出型困难家庭 刚性支出困难家庭 支出型困难人口": .zcx, "other 其他 其他低收入人口": .other,
  ])

  static let kin = Words<Kin>([
    "head 户主 本人 self applicant": .head, "spouse 配偶 妻 夫 妻子 丈夫 wife husband 之妻 之夫": .spouse,
    "child 子女 子 女 儿子 女儿 之子 之女 son daughter 养子 养女 继子 继女 长子 次子 长女 次女 独生子 独生女": .child,
    "child_in_law 儿媳 女婿 之儿媳 之女婿 daughter_in_law son_in_law": .childInLaw,
    "grandchild 孙子女 孙子 孙女 外孙子 外孙女 之孙子 之孙女 之外孙子 之外孙女 grandson granddaughter": .grandchild,
    "parent 父母 父亲 母亲 父 母 之父 之母 father mother": .parent,
    "parent_in_law 公婆 岳父 岳母 公公 婆婆 之岳父 之岳母 之公公 之婆婆 father_in_law mother_in_law": .parentInLaw,
    "other 其他 兄弟姐妹 之兄弟姐妹 兄 弟 姐 妹 sibling brother sister 祖父 祖母 外祖父 外祖母 之祖父 之祖母 之外祖父 之外祖母 grandparent "
      + "grandfather grandmother 之曾孙子 之曾孙女 侄子 侄女 之侄儿 之侄女 之兄弟媳妇 之叔伯 nephew niece uncle aunt relative 亲属": .other,
  ])

  static func kin(_ text: String) -> Kin? { Kin(code: text) ?? kin[text] }

  static let statuses = Words<String>([
    "serving 服刑 在监狱服刑 prison prisoner serving_sentence in_prison": "serving",
    "rehabilitation 强制隔离戒毒 戒毒 compulsory_rehab rehab": "rehabilitation",
    "missing 宣告失踪 declared_missing": "missing", "clergy 宗教教职人员 clergy_3y": "clergy",
    "conscript 义务兵 现役义务兵": "conscript",
  ])

  enum Presence { case resident, away, prison, missing }
  static let presence = Words<Presence>([
    "resident 常住 在家 home living_at_home 同住": .resident, "away 外出 外出务工 在外 不在家": .away, "prison 服刑": .prison, "missing 失联": .missing,
  ])

  static let schooling = Words<String>([
    "preschool 学龄前儿童": "preschool", "kindergarten 学前教育 幼儿园": "kindergarten", "primary 小学": "primary",
    "g7 七年级 初一 初中 junior": "g7", "g8 八年级 初二": "g8", "g9 九年级 初三": "g9",
    "senior1 普通高中一年级 高一 高中 普通高中 senior senior_high": "senior1", "senior2 普通高中二年级 高二": "senior2",
    "senior3 普通高中三年级 高三": "senior3", "vocational1 中职一年级 中职 职高 中专 vocational": "vocational1",
    "vocational2 中职二年级": "vocational2", "vocational3 中职三年级": "vocational3",
    "college1 高职高专一年级 大专 高职 高职高专 college": "college1", "college2 高职高专二年级": "college2",
    "college3 高职高专三年级": "college3", "technician1 技师学院一年级 技师学院 technician": "technician1",
    "technician2 技师学院二年级": "technician2", "technician3 技师学院三年级": "technician3",
    "technician4 技师学院四年级": "technician4", "bachelor1 本科一年级 本科 大学 大学本科 bachelor undergraduate": "bachelor1",
    "bachelor2 本科二年级": "bachelor2", "bachelor3 本科三年级": "bachelor3", "bachelor4 本科四年级": "bachelor4",
    "bachelor5 本科五年级": "bachelor5",
    "postgraduate 硕士研究生及以上 研究生 硕士 博士 硕士研究生 博士研究生 graduate graduate_student master phd": "postgraduate",
    "none 非在校生 不在校 不上学 无 毕业 no": "none",
  ])

  static let labour = Words<Labour>([
    "ordinary 普通劳动力 有劳动能力 有": .ordinary, "skilled 技能劳动力": .skilled,
    "weak 弱劳动力或半劳动力 弱劳动力 半劳动力 部分丧失劳动能力": .weak, "lost 丧失劳动力 丧失劳动能力 完全丧失劳动能力": .lost,
    "none 无劳动力 无劳动能力 无 no": .none,
  ])

  static let disabilityKinds = Words<Int>([
    "1 视力 视力残疾 visual": 1, "2 听力 听力残疾 hearing": 2, "3 言语 言语残疾 speech": 3, "4 肢体 肢体残疾 physical limb": 4,
    "5 智力 智力残疾 intellectual": 5, "6 精神 精神残疾 mental psychiatric": 6, "7 多重 多重残疾 multiple": 7,
  ])

  static let disabilityGrades = Words<Int>(["1 一级 一": 1, "2 二级 二": 2, "3 三级 三": 3, "4 四级 四": 4])

  static let incomeKinds = Words<IncomeItem.Kind>([
    "wage 工资性收入 工资性 工资 务工收入 wages salary": .wage, "business 经营净收入 经营性净收入 经营": .business,
    "property 财产净收入 财产性收入": .property, "transfer 转移净收入 转移性收入 transfers": .transfer,
    "other 其他收入 其他": .other,
  ])

  /// What an item is, with the kind it belongs to.
  static let incomeItems = Words<(code: String, kind: IncomeItem.Kind)>([
    "base_pension 基础养老金 城乡居民基础养老金 basic_pension": ("base_pension", .transfer),
    "veteran_benefit 优待抚恤金 抚恤金 优抚 preferential_pension": ("veteran_benefit", .transfer),
    "family_planning 计划生育奖励与扶助金 计生奖励 计划生育奖励": ("family_planning", .transfer),
    "scholarship 奖学金": ("scholarship", .transfer), "bravery 见义勇为奖励 见义勇为": ("bravery", .transfer),
    "relief 社会救助款物 社会救助 救助款 低保金 临时救助金 social_assistance": ("relief", .transfer),
    "old_age 高龄津贴 old_age_allowance": ("old_age", .transfer),
    "disabled_subsidy 残疾人两项补贴 两项补贴 残疾人补贴 disability_subsidy": ("disabled_subsidy", .transfer),
    "medical_insurance 基本医疗保险 医保报销": ("medical_insurance", .transfer), "pension 养老金 退休金 职工养老金": ("pension", .transfer),
    "support 赡养费 抚养费 扶养费 赡养抚养扶养费 alimony": ("support", .transfer), "remittance 家庭寄回带回": ("remittance", .transfer),
    "subsidy_farming 惠农补贴 粮食补贴": ("subsidy_farming", .transfer), "farming 种植养殖 种植养殖收入 种地": ("farming", .business),
    "self_employed 经营活动收入": ("self_employed", .business), "rent 租金 财产租赁": ("rent", .property),
    "land 土地流转 土地流转收入": ("land", .property), "interest 利息": ("interest", .property),
  ])

  static let periods = Words<Period>([
    "year 年 每年 全年 yearly annual 12_months 近12个月": .year, "month 月 每月 monthly": .month,
  ])

  static let spendingKinds = Words<String>([
    "medical 医疗 自付医疗 医疗支出 看病": "medical", "disability 残疾 残疾康复 残疾康复支出": "disability", "education 教育 教育支出 上学": "education",
    "housing 住房 住房支出": "housing", "living 生活 生活支出": "living", "disaster 灾害 灾害事故": "disaster", "debt 负债": "debt",
    "other 其他 其他支出": "other",
    "employment_cost 就业成本 必要就业成本 job_cost work_cost employment": SpendingItem.employmentCost,
  ])

  static let propertyResults = Words<PropertyInput.Result>([
    "pass 符合 passed ok yes met": .pass, "fail 不符合 failed no not_met": .fail,
    "pending 待核对 待核 unknown 不清楚 to_check unchecked": .pending,
  ])

  static let propertyStandards = Words<PropertyInput.Standard>([
    "lb 低保": .lb, "by 边缘 低保边缘": .by, "tk 特困": .tk, "zcx 支出型 支出型困难": .zcx,
  ])

  static let finders = Words<PropertyInput.Finder>([
    "report 核对报告 county 县级核对": .report, "clerk 经办人员 经办": .clerk, "village 村 村里 cadre": .village,
  ])

  static let exemptions = Words<String>([
    "none 无豁免 无 no": "none", "treatment_vehicle 疾病治疗必需车辆": "treatment_vehicle",
    "rehabilitation_vehicle 残疾康复必需车辆": "rehabilitation_vehicle", "livelihood_vehicle 家庭谋生工具车辆": "livelihood_vehicle",
    "relief_savings 救助金来源存款": "relief_savings", "house_sale_savings 售房款存款 售房款存款（一年内）": "house_sale_savings",
    "yes 有豁免 豁免 exempt": "exempt",
  ])

  static let urgencies = Words<EmergencyInput.Urgency>([
    "red 红 红色 立即 immediate urgent": .red, "orange 橙 橙色": .orange, "yellow 黄 黄色": .yellow, "blue 蓝 蓝色 绿 绿色 green normal": .blue,
  ])

  static let marks = Words<Visit.Mark>([
    "disability A 残 残疾": .disability, "labour B 劳 劳动力 labor": .labour, "illness C 病 重病 慢性病": .illness,
    "emergency D 急 急难 急难意外": .emergency,
  ])

  static let selfCareItems = Words<SelfCareItem>([
    "eating 吃饭 自主吃饭": .eating, "dressing 穿衣 自主穿衣": .dressing, "bed 上下床 自主上下床": .bed, "toilet 如厕 自主如厕": .toilet,
    "walking 行走 室内行走 室内自主行走": .walking, "washing 洗澡 自主洗澡": .washing,
  ])

  static let selfCare = Words<SelfCare>([
    "able 能 自主 yes 是 ok": .able, "help 要人帮": .help, "unable 不能 no 否 fail": .unable,
  ])

  static let secured = Words<MonitoringInput.Secured>([
    "education 义务教育 教育": .education, "medical 基本医疗 医疗": .medical, "housing 住房安全 住房": .housing, "water 饮水安全 饮水": .water,
  ])

  static let clearModes = Words<MonitoringInput.ClearMode>(["help 帮扶消除": .help, "natural 自然消失 自然消除": .natural])

  static let outcomes = Words<Outcome>([
    "met 疑似符合 符合 suspected eligible yes true pass passed ok 通过 已算出 known counted 计入 是": .met,
    "not_met 不符合 not_eligible ineligible no false fail failed warning warn 警告 提醒 不计入 否": .notMet,
    "to_check 待核 待核对 unknown pending check 不清楚 待判断": .toCheck, "unset 未设定 待定 not_set": .unset,
  ])

  static let sexes = Words<IdentityNumber.Sex>(["1 男 male m": .male, "2 女 female f": .female])

  static let suggestions = Words<Suggestion.Kind>([
    "first_aid 急难型临时救助 先行救助 急难型临时救助（先行救助） 1": .firstAid, "tk 特困 特困人员 特困人员申请 2": .tk, "lb 低保 低保申请 3": .lb,
    "drb 单人保 低保（单人保） 低保（单人保）+边缘家庭 4": .singlePerson, "by 低保边缘 边缘 低保边缘家庭 5": .by, "tpbw 脱贫不稳定户 脱贫不稳定 6": .tpbw,
    "byyz 边缘易致贫户 边缘易致贫 7": .byyz, "tfyz 突发严重困难户 突发严重困难 8": .tfyz,
    "zcx 支出型困难 支出型困难（待县定标准） 9": .zcx, "attention 重点关注 列入重点关注 10": .attention, "none 未发现困难 11": .none,
  ])

  /// What errors offer, of every kind of word.
  static var shown: [String] {
    let lists: [[String]] = [
      answers.shown, hukou.shown, householdKinds.shown, categories.shown, kin.shown, statuses.shown, presence.shown,
      schooling.shown, labour.shown, disabilityKinds.shown, disabilityGrades.shown, incomeKinds.shown, incomeItems.shown,
      periods.shown, spendingKinds.shown, propertyResults.shown, propertyStandards.shown, finders.shown, exemptions.shown,
      urgencies.shown, marks.shown, selfCareItems.shown, selfCare.shown, secured.shown, clearModes.shown, sexes.shown,
      suggestions.shown, outcomes.shown,
    ]
    return lists.flatMap { $0 }
  }
}
