// DeviceScreen: what one line of 电脑和登记 needs at the server: the command, whole, and why it is typed there. Printable: it goes to whoever
// minds the server.

import Relief
import Terminal

struct DeviceScreen: Screen {
  let row: DeviceRow
  var message: Message?

  var keyContext: KeyContext { .printable }

  private var lines: [String] {
    switch row {
    case .village(let division, let name):
      [Words.Devices.village(name, division.code), Words.Devices.atServer, row.command, Words.Devices.fill, Words.Devices.slip]
    case .without(let device):
      [Words.Devices.without(device.name, device.person), Words.Devices.atServer, row.command, Words.Devices.slip]
    case .working(let device):
      [Words.Devices.holds(device.name, device.person), Words.Devices.number(of: device.id), Words.Devices.lost, row.command]
    }
  }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back), .command(.accept): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: keyContext)))
    case .command(.print): return Step([.print(title: Words.Devices.title, text: lines.joined(separator: "\n") + "\n")])
    case .idle, .leaving: return Step()
    default: return .beep
    }
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .printed: message = .printed
    case .notPrinted(let status): message = .notPrinted(Int(status))
    default: break
    }
    return Step()
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Chrome.title(Words.Devices.title, workspace), right: "")
    var place = canvas.body.lowerBound
    for line in lines {
      for part in canvas.columns.wrap(line, to: canvas.width - 3) where place < canvas.body.upperBound {
        canvas.put(part, row: place, column: 1, style: line == row.command ? .value : .plain)
        place += 1
      }
      place += 1
    }
    canvas.frame.cursor = Position(row: canvas.body.lowerBound, column: 0)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
