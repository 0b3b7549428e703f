// Words+Quality: what a check of the data noticed (docs/data-quality.md), in a few words: where to look.

import Relief

extension Words {
  enum Quality {
    /// A check of the data by its code; a code that this program does not know is shown as it is.
    static func sentence(_ code: String) -> String { "数据存疑：" + (QualityRule(rawValue: code).map(words) ?? code) }

    static func words(_ rule: QualityRule) -> String { person(rule) ?? household(rule) ?? visit(rule) ?? rule.rawValue }

    private static func person(_ rule: QualityRule) -> String? {
      switch rule {
      case .badID: "身份证号不对"
      case .duplicateID: "两个人用同一个证件号码"
      case .unknownProvince: "身份证号的省份代码少见"
      case .sexDiffers: "性别与身份证号不一致"
      case .birthDiffers: "出生日期与身份证号不一致"
      case .badRelation: "与户主关系的代码不对"
      case .badCode: "有一项的代码不在目录里"
      case .educationAndSchooling: "文化程度和在校状况应当只填一项"
      case .healthEmpty: "健康状况没有填"
      case .workWithoutMonths: "务工地和务工月数要么都填，要么都不填"
      case .badPhone: "电话号码不对"
      case .insuranceEmpty: "保险没有填全"
      case .notInsured: "没有参加基本医疗保险"
      case .noSeriousInsurance: "没有参加大病保险"
      case .certificateShape: "残疾证号的位数或类别、等级不对"
      case .certificateShort: "残疾证号只有 18 位"
      case .certificateChecksum: "残疾证号里的身份证号不对"
      case .certificateOfAnother: "残疾证号不是本人的"
      case .certificateDiffers: "残疾类别或等级与残疾证号不一致"
      case .healthyWithoutLabour: "健康的成年人写成弱劳动力或无劳动力"
      case .childWorks: "不满 16 周岁却在务工"
      case .youngPostgraduate: "不满 20 周岁却是研究生"
      default: nil
      }
    }

    private static func household(_ rule: QualityRule) -> String? {
      switch rule {
      case .noHead: "没有户主"
      case .severalHeads: "户主不止一人"
      case .severalSpouses: "配偶不止一人"
      case .sameSexCouple: "户主和配偶的身份证号是同一性别"
      case .schemesEmpty: "享受政策没有填"
      case .noLabourNotCovered: "整户无劳动力，没有标兜底保障户"
      default: nil
      }
    }

    private static func visit(_ rule: QualityRule) -> String? {
      switch rule {
      case .waterEmpty: "饮水安全没有问"
      case .visitorEmpty: "监测户没有写走访人"
      case .tinyWage: "全年工资不到 100 元"
      case .wageWithoutLabour: "没有劳动力却有工资"
      case .schemeWithoutTransfer: "享受低保、特困或残疾人补贴，却没有转移性收入"
      case .highIncomeMonitored: "监测户人均收入超过 20000 元"
      case .belowLineNotMonitored: "脱贫户收入在监测范围内，没有纳入监测"
      case .clearedBelowLine: "风险已消除，收入仍在监测范围内"
      case .clearedAtOnce: "识别当月或次月就消除了风险"
      case .clearedOutOfSchool: "风险已消除，还有孩子失学"
      case .noMeasure: "识别后到期没有帮扶措施"
      default: nil
      }
    }
  }
}
