import Foundation

extension MetricsRegistry {
    /// All series in Prometheus's text exposition format, 0.0.4.
    package var prometheusText: String {
        var lines: [String] = []
        var name = ""
        for series in series {
            if series.name != name {
                name = series.name
                if let help = description(of: name)?.help { lines.append("# HELP \(name) \(Exposition.help(help))") }
                lines.append("# TYPE \(name) \(series.kind.rawValue)")
            }
            lines += series.lines
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension MetricSeries {
    fileprivate var lines: [String] {
        let values = values
        guard kind == .histogram else { return [line(name, labels, values.number)] }
        var lines = zip(bounds, values.buckets).map { bound, count in
            line("\(name)_bucket", labels + [MetricLabel(name: "le", value: Exposition.number(bound))], Double(count))
        }
        let all = labels + [MetricLabel(name: "le", value: "+Inf")]
        lines.append(line("\(name)_bucket", all, Double(values.count)))
        lines.append(line("\(name)_sum", labels, values.sum))
        lines.append(line("\(name)_count", labels, Double(values.count)))
        return lines
    }

    private func line(_ name: String, _ labels: [MetricLabel], _ value: Double) -> String {
        let shown = labels.map { "\($0.name)=\"\(Exposition.label($0.value))\"" }.joined(separator: ",")
        return "\(name)\(shown.isEmpty ? "" : "{\(shown)}") \(Exposition.number(value))"
    }
}

/// How the format writes values and escapes texts.
private enum Exposition {
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int(exactly: value).map(String.init) ?? "\(value)"
    }

    static func label(_ text: String) -> String { help(text).replacing("\"", with: "\\\"") }

    static func help(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }
}
