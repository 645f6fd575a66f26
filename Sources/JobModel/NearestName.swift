/// Which of the known names somebody may have meant.
package enum NearestName {
    /// The known name that differs least, by at most a third of its letters; `nil` where none is near.
    package static func find(_ name: String, among known: [String]) -> String? {
        let wanted = Array(name.lowercased().unicodeScalars.prefix(80))
        var best: (name: String, distance: Int)?
        for candidate in known where candidate.utf8.count <= 80 {
            let letters = Array(candidate.lowercased().unicodeScalars)
            let limit = max(1, letters.count / 3)
            guard abs(letters.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, letters)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// Letters put in, left out, changed, or swapped with their neighbour.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var next = [index + 1]
            for (column, other) in right.enumerated() {
                var cost = min(row[column] + (letter == other ? 0 : 1), row[column + 1] + 1, next[column] + 1)
                if index > 0, column > 0, letter == right[column - 1], left[index - 1] == other {
                    cost = min(cost, before[column - 1] + 1)
                }
                next.append(cost)
            }
            (before, row) = (row, next)
        }
        return row[right.count]
    }
}
