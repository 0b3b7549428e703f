// Words+Messages: the sentences of the message line: a fact and what to do, at most 36 columns, no exclamation mark.
// The words of a form's own checks are the form's.

import Relief
import Terminal

extension Message {
  var sentence: String {
    switch self {
    case .notWhole: "不是整数：请输入数字"
    case .notNumber: "不是数字：请输入数字，可带小数点"
    case .notDate: "日期不对：请输入8位，如19620228"
    case .notPartialDate: "日期不对：如 2019 或 201903"
    case .notTime: "时间不对：请输入4位，如0930"
    case .digitsOnly: "这里只输数字"
    case .identityCharacters: "身份证号只有数字，末位可为X"
    case .fieldFull: "本栏已满：Enter 确认，Ctrl-U 清空"
    case .pasteTooLong: "粘贴的内容放不下：请分段或缩短"
    case .notTypedHere: "本机不填这一栏：请用手机补录"
    case .noSuchCode: "没有这个代码：请看下面的选项"
    case .noSuchChoice: "没有对得上的选项：请退格重输"
    case .choicesLeft(let count): "还剩 \(count) 项：请再输，或按代码"
    case .required: "本栏必填；再按一次 Enter 先跳过"
    case .refused(let words): words.isEmpty ? "不合要求：请核对后重输" : words
    case .notOfType: "格式不对：请核对后重输"
    case .readOnly: "本栏由程序算出：不用填"
    case .warned(let words): words.isEmpty ? "请核对；无误按 F2 说明理由" : words
    case .remarked: "备注已记下：随记录上报"
    case .remarkTaken: "备注已去掉"
    case .reasonNeeded: "请写明理由，或按 Esc 返回"
    case .nothingBefore: "上一行和上次都没有这一项"
    case .nothingProposed: "本节没有可沿用的内容：请逐栏填"
    case .undone: "已撤销；Ctrl-Y 重做"
    case .redone: "已重做"
    case .continued: "上次没填完的这一份：接着填"
    case .typedBefore: "刚才写的还在：直接输入就重写"
    case .nothingToUndo: "没有可撤销的了"
    case .nothingToRedo: "没有可重做的了"
    default: verifyingSentence
    }
  }

  private var verifyingSentence: String {
    switch self {
    case .differences(let count): "不同 \(count) 处：1 第一遍对  2 第二遍对"
    case .differencesLeft(let count): "还有 \(count) 处没选：请按 1 或 2"
    case .differencesSettled: "都选好了：F10 完成核对"
    case .settledRefused: "合不到一起：请按 3 回这一栏重录"
    case .notAskedAgain: "第二遍没问到：请先改前面的答案"
    case .amendedSince: "这次走访已更正过：请丢弃草稿"
    case .verified(let counts): Words.Verify.said(counts.differences, counts.corrected) + "：已核对"
    default: movingSentence
    }
  }

  private var movingSentence: String {
    switch self {
    case .endOfForm: "已到最后：F10 完成"
    case .startOfForm: "已是第一栏"
    case .noSuchField: "没有这个栏号：请看栏左边的号"
    case .fieldNotAsked(let number): "第 \(number) 栏现在不用填"
    case .noMoreRows: "不能再增加了"
    case .noRowHere: "请先移到要删除的那一行"
    case .deleteRow: "删除这一行：1 不删  2 删除"
    case .rowDeleted: "已删除；Ctrl-Z 可以找回"
    case .leaveRow: "名册上的人：1 不改  2 记为已离户"
    case .rowLeft: "已记为离户：请选原因"
    case .rowHasLeft: "已是离户：改回请选仍是成员"
    case .rowIsKnown: "名册上有这一行：不能删除"
    case .notFinished(let fault): "没有完成：" + Self.cause(fault)
    case .notUnmasked(let fault): "没有显示：" + Self.cause(fault)
    case .draftDiscarded: "草稿已丢弃"
    case .notDiscarded(let fault): "没有丢弃成：" + Self.cause(fault)
    case .noDraftHere: "这一行没有草稿"
    case .saveFailed(let fault): Self.sentence(fault)
    case .leaveUnsaved: "未保存：请先腾出磁盘，再按 Esc"
    case .notReplayed(let count): "有 \(count) 处旧内容用不上：请核对"
    // At the finish nothing can be passed over.
    case .divisionMissing: "村代码没填：请填所在村的代码"
    case .divisionNotYours: "村代码不归您管：请核对村代码"
    case .problems(let count, .required): count > 1 ? "还有 \(count) 处要填或要改：本栏必填" : "本栏必填：填了才能完成"
    case .problems(let count, let first): count > 1 ? "有 \(count) 处要改：" + first.sentence : first.sentence
    case .openWarnings(let count): "\(count) 处存疑没说明：1 回去看  2 完成"
    case .finishing: "正在写入"
    default: listSentence
    }
  }

  private var listSentence: String {
    switch self {
    case .diskLow(let megabytes): "磁盘只剩 \(megabytes) MB：请尽快清理"
    case .diskFull(let megabytes): "磁盘只剩 \(megabytes) MB：先清理再录入"
    case .acknowledgeFirst: "红色的：请先按 6 知悉，再通过"
    case .emptyList: "名单是空的：按 F9 同步，或 F3 查找"
    case .notHere(let key): "\(KeyTable.name(of: key)) 这里用不上：可用的键在底行"
    case .quit: "退出程序：1 不退出  2 退出"
    case .mayNotVisit: "您的岗位不能录入走访"
    case .stepRefused(let refusal): refusal.sentence
    case .warningRefused(let refusal): Words.Warnings.refusal(refusal)
    case .reminded(let words): words
    case .warningTaken: "已记下这一步：同步后别人看得到"
    case .warningUnreached(let household): "\(household) 已派发，但村里没有电脑"
    case .cannotSeeVillage: "这个人看不到这个村：请换人"
    case .warningMoved(let household, let state, let left):
      "\(household) \(state.term)"
        + (left.map { $0 == 0 ? "；没有未了的预警了" : "；还有 \($0) 件预警" } ?? "")
    case .emergencyRefused(let problem): problem.sentence
    case .review(let refusal): refusal.sentence
    case .alreadyReviewed: "这一户已经审过：打开可以改"
    case .openItFirst: "有存疑：请按 Enter 看过再通过"
    case .nothingClean: "没有可以整批通过的：请逐户看"
    case .openSample(let count): "先抽查 \(count) 户：Enter 打开光标这一户"
    case .passed(let count, let left): "已通过 \(count) 户，" + Self.left(left)
    case .judged(let verdict, let left): "已\(Words.DayList.review(verdict))，" + Self.left(left)
    case .nothingToAcknowledge: "这一户不用知悉：请选别的"
    case .acknowledged: "已知悉；请接着审这一户"
    case .exported: "已存到数据目录的 导出 文件夹"
    case .notExported(let fault): "没有存成：" + Self.cause(fault)
    case .nobodyToStandIn: "还不知道有谁：先同步再来"
    case .deputyDays(let most): "天数不对：请输入 1 到 \(most)"
    case .deputySaved: "已记下；同步后生效"
    case .redAcknowledged(let left): left == 0 ? "已知悉；没有待知悉的了" : "已知悉；还有 \(left) 件"
    case .nobodyToVisit: "没有该走访的：按 Right 多看几天"
    case .noVillages: "还没有村的资料：请先同步"
    case .nothingToList: "没有要写入的：请先勾上几户"
    case .alreadyListed: "已在名单上：不用再列"
    case .listed(let count): "已列入 \(count) 户；同步后大家能看到"
    case .campaignProblem(let problem): Words.Campaigns.problem(problem)
    case .campaignRefused(let refusal): Words.Campaigns.refusal(refusal)
    case .noCampaigns: "还没有专项：按 F6 安排一个"
    case .listGiven: "已指派；按 F10 写入名单"
    case .planUnsaved: "还没有安排：F10 写入；再按 Esc 放弃"
    case .beyondReserve(let left): "账上只有 \(left.yuan) 元：请核对金额"
    case .nothingToDo: "这一行只供查看，没有要办的"
    case .chooseVillage: "名单按村指派：请先选一个村"
    case .printed: "已送打印机"
    case .notPrinted(let status): status < 0 ? "没有打印程序：请装好 lp 再试" : "打印没有成功：请检查打印机"
    case .noForms: Words.Forms.empty
    case .mayNotWrite: "您的岗位不办这件事：请找有权的人"
    case .emptySearch: "请输入姓名、拼音首字母或证号后四位"
    case .noneFound: "没有找到：请换个说法"
    case .tooMany(let count): "找到 \(count) 户以上：请再输几个字"
    case .formBroken: "新走访表有错：先用旧表，请联系县里"
    case .formMissing: "缺少当时的表：请先同步再打开"
    case .unreadable: "这份记录读不出来：请联系乡镇"
    case .numberTyped(let digits): "序号 \(digits)：Enter 打开"
    case .noSuchRow(let digits): "没有第 \(digits) 行：请看行号"
    default: openingSentence
    }
  }

  private var openingSentence: String {
    switch self {
    case .passphraseWrong: "口令不对：请重新输入"
    case .wait(let seconds): "口令不对：请等 \(seconds) 秒再试"
    case .emptyField: "请先输入"
    case .passphrasesDiffer: "两次口令不一样：请重输"
    case .passphraseShort: "口令太短：至少 8 个字"
    case .badAddress: "地址不对：应以 https:// 开头"
    case .opened(let fault): Self.sentence(fault)
    case .working: "请稍候"
    case .synced(let outcome): "同步完成：上传 \(outcome.pushed) 条，取回 \(outcome.pulled) 条"
    case .sync(let failure): Words.Sync.sentence(failure)
    default: ""
    }
  }

  /// Why something was not done, and what to do.
  /// The village sees nothing of it before a sync: said when there is nothing left to do.
  private static func left(_ count: Int) -> String { count == 0 ? "审完了：请按 F9 同步" : "还有 \(count) 户待审" }

  private static func cause(_ fault: SaveFault) -> String {
    switch fault {
    case .diskFull: "请先腾出磁盘空间"
    case .readOnlyDisk: "磁盘写不进，请换机器"
    case .noPermission: "没有权限，请找管理员"
    case .ioError: "磁盘出错，请再试一次"
    case .tooLarge: "内容太长，请缩短"
    case .system(let number): "系统错误 \(number)，请再试"
    }
  }

  static func sentence(_ fault: SaveFault) -> String {
    switch fault {
    case .diskFull: "未保存：磁盘满了，请先腾出空间"
    case .readOnlyDisk: "未保存：磁盘写不进，请换一台机器"
    case .noPermission: "未保存：没有写入权限，请找管理员"
    case .ioError: "未保存：磁盘出错，请抄下本栏"
    case .tooLarge: "未保存：内容太长，请缩短"
    case .system(let number): "未保存：系统错误 \(number)，请抄下本栏"
    }
  }

  static func sentence(_ fault: OpenFault) -> String {
    switch fault {
    case .newerVersion: "数据是新版写的：请先升级程序"
    case .inUse: "程序已在另一窗口打开"
    case .damaged(let lines): "数据有 \(lines) 行损坏：请联系乡镇"
    case .noPermission: "没有读取权限：请找管理员"
    case .noSuchDraft: "草稿不在了：请重新打开"
    case .unknownForm: "缺少当时的表：请先同步再打开"
    case .notEnrolled: "这里还没有登记好：请登记本机"
    case .keysDamaged: "钥匙文件坏了：请联系县里"
    case .notShipped: "程序没有装全：请重新安装"
    case .sealingUnavailable: "加密库不工作：请重启电脑"
    case .brokenForm(_, let line, _): "走访表第 \(line) 行有错：请联系县里"
    case .system(let number): "打不开：系统错误 \(number)"
    }
  }
}
