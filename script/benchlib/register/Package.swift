// swift-tools-version: 6.2
// The register's figures, built apart so that the main package needs no library product for them.
//   swift run -c release --package-path script/benchlib/register register-bench search
//   swift run -c release --package-path script/benchlib/register register-bench make DIRECTORY [HOUSEHOLDS VISITS]
//   swift run -c release --package-path script/benchlib/register register-bench open DIRECTORY
// from the root of the tree. `make` writes some gigabytes.
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: name, swiftSettings: strict)
}

let package = Package(
  name: "register-bench",
  dependencies: [.package(url: "https://github.com/apple/swift-crypto", from: "4.5.0")],
  targets: [
    .target(name: "CFind", path: "CFind"),
    .systemLibrary(name: "CExpat", path: "CExpat", pkgConfig: "expat"),
    room("XForm", ["CExpat"]),
    room("Relief"),
    room("Pinyin"),
    room("Wire", ["Relief"]),
    .target(name: "CTerminal", path: "CTerminal", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    room("Terminal", ["CTerminal"]),
    room("Screens", ["Terminal", "XForm", "Relief", "Pinyin", "Derivation"]),
    room("Derivation", ["XForm", "Relief"]),
    room("Journal", [crypto, cryptoExtras]),
    room("Laptop", ["Journal", "Wire", "Relief", "XForm", "Derivation", crypto]),
    .executableTarget(
      name: "register-bench", dependencies: ["CFind", "XForm", "Relief", "Pinyin", "Wire", "Derivation", "Journal", "Laptop", "Terminal", "Screens"],
      path: "Bench", swiftSettings: strict),
  ]
)
