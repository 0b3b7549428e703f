// swift-tools-version: 6.2
// The form engine's figures, built apart so that the main package needs no library product for them.
//   swift run -c release --package-path script/benchlib/form form-bench forms/household-visit.xml Tests/Forms/Vectors 9
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "form-bench",
  targets: [
    .systemLibrary(name: "CExpat", path: "CExpat", pkgConfig: "expat"),
    .target(name: "XForm", dependencies: ["CExpat"], path: "XForm", swiftSettings: strict),
    .executableTarget(name: "form-bench", dependencies: ["XForm", "CExpat"], path: "Bench", swiftSettings: strict),
  ]
)
