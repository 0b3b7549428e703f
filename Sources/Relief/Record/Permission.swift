// Who may write which kind of record, and which kinds a role reads: one table for both programs. The laptop does not offer what the
// county would refuse; the county refuses whatever a laptop sends all the same (docs/county.md). Default deny: a role or a type that
// is not named here may nothing.
//
// The village writes down what it sees and what it did, and proposes; it never confirms (policy: 乡镇初审, 县审核确认).

extension RecordType {
  /// What comes about in a village: seen, told, done there, proposed there.
  static let ofTheVillage: [RecordType] = [
    .visit, .amendment, .withdrawal, .capture, .application, .emergency, .caseStep, .assistance, .careVisit, .householdChange, .sweep,
    .publicity, .training, .audit, .verification, .warningStep,
  ]
  /// What a township adds: it takes applications, sends for help, keeps its fund and its people, plans its campaigns.
  static let ofTheTownship: [RecordType] = [.referral, .referralAnswer, .fund, .plan, .carePlan, .match, .team, .campaign]
  /// A supervisor's word on what others wrote.
  static let ofReview: [RecordType] = [.review, .resolution, .acknowledgement, .deputy]
  /// What the county alone gives out.
  static let ofTheCounty: [RecordType] = [.roster, .form, .division, .parameter, .category, .batch, .warning]

  /// Every kind this version can judge.
  public static let known: [RecordType] = ofTheVillage + ofTheTownship + ofReview + ofTheCounty

  /// Kinds that speak for a whole area: read by everybody whose scope lies in that area.
  public static let ofAnArea: [RecordType] = [.division, .form, .parameter]
  /// Kinds that reach everybody who works under the division they stand in: also a campaign, which is planned above the villages it is for.
  public static let readBelow: [RecordType] = ofAnArea + [.campaign]
}

extension Role {
  /// Whether a role writes a kind of record.
  public func writes(_ type: RecordType) -> Bool {
    switch self {
    case .cadre: RecordType.ofTheVillage.contains(type)
    case .clerk: (RecordType.ofTheVillage + RecordType.ofTheTownship).contains(type)
    case .supervisor: (RecordType.ofTheVillage + RecordType.ofTheTownship + RecordType.ofReview).contains(type)
    case .county: RecordType.known.contains(type)
    case .visitor: [.visit, .amendment, .verification, .careVisit, .audit].contains(type)
    default: false
    }
  }

  /// Whether the role may take back or amend a record of this type: its writer may, and a supervisor and the county whoever wrote it.
  public func mayReplace(_ type: RecordType, isOwn: Bool) -> Bool { writes(type) && (isOwn || self == .supervisor || self == .county) }

  /// Kinds a role reads inside its scope: nil is every kind, also one that a later version brings.
  public var readsTypes: [RecordType]? {
    switch self {
    case .county, .clerk, .supervisor: nil
    // What the work in a village needs, and whose deputy one is. Withheld: the township's fund and people, and who looked at what.
    case .cadre:
      RecordType.ofAnArea + [
        .roster, .sweep, .visit, .amendment, .withdrawal, .review, .resolution, .deputy, .capture, .application, .emergency,
        .acknowledgement,
        .caseStep, .category, .referral, .referralAnswer, .assistance, .plan, .carePlan, .careVisit, .householdChange, .publicity,
        .training, .verification, .warning, .warningStep, .campaign,
      ]
    // A social-work organisation reads households by name, never a village, and of those what a visit and its care need (P10): who lives
    // there, what visits found, what was planned. Withheld: what departments' lists say and gave, how a case was decided, who looked.
    case .visitor:
      RecordType.ofAnArea + [
        .roster, .householdChange, .sweep, .visit, .amendment, .withdrawal, .review, .resolution, .verification, .category, .plan,
        .carePlan, .careVisit,
      ]
    default: []
    }
  }
}
