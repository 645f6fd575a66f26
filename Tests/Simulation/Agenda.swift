/// What will happen, by the monotonic clock; what was put in first comes first at one moment.
struct Agenda<Thing> {
    private struct Entry {
        let at: Double
        let number: Int
        let thing: Thing

        func isBefore(_ other: Entry) -> Bool { (at, number) < (other.at, other.number) }
    }

    private var heap: [Entry] = []
    private var lastNumber = 0

    var next: Double? { heap.first?.at }

    mutating func add(_ thing: Thing, at moment: Double) {
        lastNumber += 1
        heap.append(Entry(at: moment, number: lastNumber, thing: thing))
        rise(heap.count - 1)
    }

    mutating func removeFirst() -> Thing {
        heap.swapAt(0, heap.count - 1)
        let entry = heap.removeLast()
        sink(0)
        return entry.thing
    }

    private mutating func rise(_ start: Int) {
        var index = start
        while index > 0, heap[index].isBefore(heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func sink(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && heap[child].isBefore(heap[least]) {
                least = child
            }
            guard least != index else { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
