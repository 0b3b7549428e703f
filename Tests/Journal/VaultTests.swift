import Testing

@testable import Journal

/// The vault: who gets in, what a wrong try is told, that two copies are always there.
@Suite struct VaultTests {
  static let weak = ScryptCost.weak(log2N: 4)

  func vault(_ disk: MemoryDisk, _ passphrase: String = "一二三四五六七八") throws -> Vault {
    try disk.makeDirectory("/data")
    try disk.syncDirectory("/")
    return try Vault.create(
      in: "/data", passphrase: passphrase, cost: Self.weak, secrets: ["grant": [1, 2]], disk: disk)
  }

  @Test func itOpensWithItsPassphraseOnly() throws {
    let disk = MemoryDisk()
    let made = try vault(disk)
    let open = try Vault.open(in: "/data", passphrase: "一二三四五六七八", disk: disk)
    #expect(open.keys.master == made.keys.master)
    #expect(open.secret("grant") == [1, 2])
    #expect(throws: VaultFault.wrongPassphrase) { try Vault.open(in: "/data", passphrase: "一二三四五六七九", disk: disk) }
    #expect(throws: VaultFault.exists) { try self.vault(disk) }
    #expect(throws: VaultFault.missing) { try Vault.open(in: "/data", passphrase: "x", disk: MemoryDisk()) }
  }

  @Test func fullWidthLettersAreTheSamePassphrase() throws {
    let disk = MemoryDisk()
    _ = try vault(disk, "pass word 123")
    _ = try Vault.open(in: "/data", passphrase: "ｐａｓｓ　word　１２３", disk: disk)
  }

  @Test func everyFlippedBitOfOneCopyIsSurvivedAndMended() throws {
    let disk = MemoryDisk()
    _ = try vault(disk)
    let bytes = try #require(disk.bytes("/data/vault.key"))
    for place in bytes.indices {
      var hurt = bytes
      hurt[place] ^= 1 << UInt8(place % 8)
      let hurtDisk = disk.copy()
      hurtDisk.setBytes("/data/vault.key", hurt)
      _ = try Vault.open(in: "/data", passphrase: "一二三四五六七八", disk: hurtDisk)
      #expect(hurtDisk.bytes("/data/vault.key") == bytes)
      // Both copies hurt: damaged, never "wrong passphrase".
      hurtDisk.setBytes("/data/vault.key", hurt)
      hurtDisk.setBytes("/data/vault.key.bak", hurt)
      #expect(throws: VaultFault.damaged) { try Vault.open(in: "/data", passphrase: "一二三四五六七八", disk: hurtDisk) }
    }
    Bench.tell(bytes.count, "damaged bytes of a vault copy")
  }

  @Test func aLaterVaultIsNamedAndNotTouched() throws {
    let disk = MemoryDisk()
    _ = try vault(disk)
    var text = Array(
      String(decoding: try #require(disk.bytes("/data/vault.key")), as: UTF8.self).replacing(
        "vault-v1", with: "vault-v2"
      )
      .utf8.dropLast(13))
    text += Array("crc ".utf8) + RawBytes.hexText(RawBytes.crc32c(text)) + [0x0A]
    disk.setBytes("/data/vault.key", text)
    #expect(throws: VaultFault.newerFormat("zoufang-vault-v2")) {
      try Vault.open(in: "/data", passphrase: "一二三四五六七八", disk: disk)
    }
    #expect(disk.bytes("/data/vault.key") == text)
  }

  @Test func aCostThatEatsTheMachineIsRefused() throws {
    let file = VaultFile(
      id: String(repeating: "a", count: 32), stretching: .scrypt(log2N: 21, salt: [1]), masterBox: [], secretsBox: [])
    let disk = MemoryDisk()
    try disk.makeDirectory("/data")
    disk.setBytes("/data/vault.key", file.bytes)
    #expect(throws: VaultFault.costRefused(log2N: 21)) { try Vault.open(in: "/data", passphrase: "x", disk: disk) }
  }

  @Test func costsForProductsHaveAFloorAndACeiling() {
    #expect(ScryptCost(log2N: 14) == nil)
    #expect(ScryptCost(log2N: 21) == nil)
    #expect(ScryptCost(log2N: 15)?.log2N == 15)
    #expect(ScryptCost.standard.log2N == 17)
    #expect(ScryptCost.calibrated(secondsAtMinimum: 0.08).log2N == 17)
    #expect(ScryptCost.calibrated(secondsAtMinimum: 0.5).log2N == 16)
    #expect(ScryptCost.calibrated(secondsAtMinimum: 3).log2N == 15)
  }

  @Test func aChangedPassphraseReplacesTheOldOneAfterTheNextUnlock() throws {
    let disk = MemoryDisk()
    var open = try vault(disk)
    try open.changePassphrase(to: "新的口令新的口令", cost: Self.weak)
    #expect(throws: VaultFault.wrongPassphrase) { try Vault.open(in: "/data", passphrase: "一二三四五六七八", disk: disk) }
    _ = try Vault.open(in: "/data", passphrase: "新的口令新的口令", disk: disk)
    #expect(disk.bytes("/data/vault.key") == disk.bytes("/data/vault.key.bak"))
  }

  @Test func aKeyFileOpensAServersVault() throws {
    let disk = MemoryDisk()
    try disk.makeDirectory("/data")
    let made = try Vault.create(in: "/data", keyFile: "/data/server.key", disk: disk)
    #expect(disk.bytes("/data/server.key")?.count == 32)
    #expect(try Vault.open(in: "/data", keyFile: "/data/server.key", disk: disk).keys.master == made.keys.master)
    disk.setBytes("/data/server.key", Entropy.system.bytes(32))
    #expect(throws: VaultFault.wrongKeyFile) { try Vault.open(in: "/data", keyFile: "/data/server.key", disk: disk) }
    #expect(throws: VaultFault.otherKind) { try Vault.open(in: "/data", passphrase: "x", disk: disk) }
  }

  @Test(arguments: [false, true]) func whateverFailsWhileSecretsChangeTheVaultStillOpens(continuously: Bool) throws {
    for failing in 1...60 {
      let disk = MemoryDisk()
      var open = try vault(disk)
      disk.fail(.init(at: failing, continuously: continuously, failure: .error(5)))
      let changed = (try? open.setSecrets(["grant": [9]])) != nil
      let done = disk.operations < failing
      for after in [disk.copy(), disk.powerCut()] {
        let again = try Vault.open(in: "/data", passphrase: "一二三四五六七八", disk: after)
        if changed {
          #expect(again.secret("grant") == [9])
        } else {
          #expect([[1, 2], [9]].contains(again.secret("grant")))
        }
      }
      if done {
        Bench.tell(failing * 2, "failing operations while secrets change, continuously \(continuously)")
        return
      }
    }
    Issue.record("the change never came through")
  }

  @Test func waitingGrowsAndForgets() {
    var backoff = UnlockBackoff()
    var seconds: [Int] = []
    for _ in 0..<9 {
      seconds.append(backoff.seconds)
      backoff.failed()
    }
    #expect(seconds == [0, 0, 1, 2, 4, 8, 16, 30, 30])
    backoff.succeeded()
    #expect(backoff.seconds == 0)
  }

  @Test func weakPassphrasesAreRefused() throws {
    #expect(throws: PassphraseRule.Fault.tooShort(charactersMin: 8)) { try PassphraseRule.check("短口令") }
    #expect(throws: PassphraseRule.Fault.common) { try PassphraseRule.check("１２３４５６７８") }
    #expect(throws: PassphraseRule.Fault.common) { try PassphraseRule.check("aaaaaaaaaaaa") }
    try PassphraseRule.check("今天去东村走访了")
  }
}
