// LaptopFault: why the data directory cannot be opened, or something in it not be done. Facts only; the sentences are in the programs.

public import Journal

public enum LaptopFault: Error, Equatable, Sendable {
  /// There is no vault here yet: first run.
  case empty
  /// There is a vault that no county has granted anything to: enrolment was broken off.
  case notEnrolled
  case wrongPassphrase
  /// Written by a newer program; nothing was touched.
  case newerVersion
  /// Another zoufang has this directory open.
  case inUse
  /// The vault or the grant in it cannot be read.
  case damaged
  /// Not enough room: bytes that are free.
  case diskFull(freeBytes: Int)
  /// One record is larger than a journal line can carry.
  case tooLarge(bytes: Int)
  /// A draft of this id is not here.
  case noSuchDraft
  /// A record cannot be written as JSON within its limits.
  case badRecord
  /// What the system said.
  case disk(DiskFault)
  /// The cryptography library refused to work.
  case unavailable

  public init(_ fault: VaultFault) {
    switch fault {
    case .wrongPassphrase, .wrongKeyFile: self = .wrongPassphrase
    case .missing: self = .empty
    case .exists: self = .inUse
    case .damaged, .costRefused, .otherKind: self = .damaged
    case .newerFormat: self = .newerVersion
    case .disk(let fault): self = LaptopFault(fault)
    case .unavailable: self = .unavailable
    }
  }

  public init(_ fault: JournalFault) {
    switch fault {
    case .locked: self = .inUse
    case .newerFormat, .unknownFeatures, .readOnly: self = .newerVersion
    case .tooLarge(let bytes, _): self = .tooLarge(bytes: bytes)
    case .diskFull(let free): self = .diskFull(freeBytes: free)
    case .notSaved(let fault), .disk(let fault): self = LaptopFault(fault)
    case .unavailable, .closed: self = .unavailable
    case .noSuchRecord, .sealed: self = .damaged
    }
  }

  public init(_ fault: DiskFault) {
    self = fault.errno == ENOSPC || fault.errno == EDQUOT ? .diskFull(freeBytes: 0) : .disk(fault)
  }
}

// The two numbers that mean "no room", the same on every Linux.
private let ENOSPC: Int32 = 28
private let EDQUOT: Int32 = 122
