// swift-tools-version: 6.2
// The target list is the architecture: arrows run down only. docs/architecture.md says why each room stands where it does.
import PackageDescription

/// Every Swift target is built with the same strict features, from the first commit on.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name + "Tests", dependencies: dependencies, path: "Tests/" + name, swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
  name: "zoufang",
  products: [
    .executable(name: "zoufang", targets: ["zoufang"]),
    .executable(name: "zoufangd", targets: ["zoufangd"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    // C: two thin facades of ours, and module maps for kept system libraries.
    .target(name: "CTerminal", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CTransfer", linkerSettings: [.linkedLibrary("curl")]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),

    // Rooms that know nobody of ours (but the C below them).
    room("Terminal", ["CTerminal"]),
    room("XForm", ["CExpat"]),
    room("Journal", [crypto, cryptoExtras]),
    room("Relief"),
    room("Pinyin"),

    // Where rooms meet.
    room("Derivation", ["XForm", "Relief"]),
    room("Wire", ["Relief"]),
    room("Laptop", ["Journal", "Wire", "Relief", "XForm", "Derivation"]),
    room("Sync", ["CTransfer", "Wire", "Journal", "Relief", "Laptop"]),
    room("Screens", ["Terminal", "XForm", "Relief", "Pinyin", "Derivation"]),
    room(
      "County",
      [
        "Wire", "Journal", "Relief", "XForm", "Derivation", crypto, logging,
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "X509", package: "swift-certificates"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Yams", package: "Yams"),
      ]),

    // The two programs.
    program(
      "zoufang",
      ["Screens", "Terminal", "Laptop", "Sync", "Wire", "Journal", "Relief", "XForm", "Derivation", arguments]),
    program("zoufangd", ["County", "Wire", "Relief", arguments, logging]),
  ]
)
