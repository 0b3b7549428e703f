// swift-tools-version: 6.2
// The register's figures, built apart so that the main package needs no library product for them.
//   swift run -c release --package-path script/benchlib/register register-bench [HOUSEHOLDS VISITS]
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "register-bench",
  targets: [
    .systemLibrary(name: "CExpat", path: "CExpat", pkgConfig: "expat"),
    .target(name: "XForm", dependencies: ["CExpat"], path: "XForm", swiftSettings: strict),
    .target(name: "Relief", path: "Relief", swiftSettings: strict),
    .target(name: "Wire", dependencies: ["Relief"], path: "Wire", swiftSettings: strict),
    .target(name: "Derivation", dependencies: ["XForm", "Relief"], path: "Derivation", swiftSettings: strict),
    .executableTarget(
      name: "register-bench", dependencies: ["XForm", "Relief", "Wire", "Derivation"], path: "Bench",
      swiftSettings: strict),
  ]
)
