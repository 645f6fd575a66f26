import CronExpressions
import Foundation

/// Zones as people name them: by abbreviation, by region, by city.
enum ZoneNames {
    /// Abbreviations of one meaning; they follow the region's wall clock, summer time included.
    static let abbreviations: [String: String] = [
        "utc": "UTC", "gmt": "UTC", "z": "UTC", "zulu": "UTC", "est": "America/New_York", "edt": "America/New_York",
        "et": "America/New_York", "cdt": "America/Chicago", "ct": "America/Chicago", "mst": "America/Denver",
        "mdt": "America/Denver", "mt": "America/Denver", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
        "pt": "America/Los_Angeles", "akst": "America/Anchorage", "akdt": "America/Anchorage",
        "hst": "Pacific/Honolulu", "cet": "Europe/Paris", "cest": "Europe/Paris", "mez": "Europe/Berlin",
        "mesz": "Europe/Berlin", "wet": "Europe/Lisbon", "west": "Europe/Lisbon", "eet": "Europe/Helsinki",
        "eest": "Europe/Helsinki", "msk": "Europe/Moscow", "jst": "Asia/Tokyo", "kst": "Asia/Seoul",
        "sgt": "Asia/Singapore", "hkt": "Asia/Hong_Kong", "pht": "Asia/Manila", "aest": "Australia/Sydney",
        "aedt": "Australia/Sydney", "acst": "Australia/Adelaide", "acdt": "Australia/Adelaide",
        "awst": "Australia/Perth", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland", "brt": "America/Sao_Paulo",
        "art": "America/Argentina/Buenos_Aires", "sast": "Africa/Johannesburg", "eat": "Africa/Nairobi",
        "wat": "Africa/Lagos", "cat": "Africa/Maputo", "pkt": "Asia/Karachi", "ict": "Asia/Bangkok",
    ]

    /// Abbreviations that mean several zones, the likeliest first.
    static let ambiguous: [String: [String]] = [
        "cst": ["America/Chicago", "Asia/Shanghai", "America/Havana"],
        "ist": ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"],
        "bst": ["Europe/London", "Asia/Dhaka"],
    ]

    /// Words before "time".
    static let regions: [String: String] = [
        "eastern": "America/New_York", "pacific": "America/Los_Angeles", "central": "America/Chicago",
        "mountain": "America/Denver", "us eastern": "America/New_York", "us pacific": "America/Los_Angeles",
        "us central": "America/Chicago", "central european": "Europe/Paris", "eastern european": "Europe/Helsinki",
        "western european": "Europe/Lisbon", "british": "Europe/London", "uk": "Europe/London",
        "german": "Europe/Berlin", "french": "Europe/Paris", "indian": "Asia/Kolkata", "india": "Asia/Kolkata",
        "japan": "Asia/Tokyo", "japanese": "Asia/Tokyo", "greenwich mean": "UTC", "universal": "UTC",
        "new york city": "America/New_York", "nyc": "America/New_York", "boston": "America/New_York",
        "washington": "America/New_York", "miami": "America/New_York", "atlanta": "America/New_York",
        "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles", "sf": "America/Los_Angeles",
        "la": "America/Los_Angeles", "dallas": "America/Chicago", "houston": "America/Chicago",
        "austin": "America/Chicago", "munich": "Europe/Berlin", "hamburg": "Europe/Berlin",
        "frankfurt": "Europe/Berlin", "cologne": "Europe/Berlin", "barcelona": "Europe/Madrid",
        "milan": "Europe/Rome", "geneva": "Europe/Zurich", "edinburgh": "Europe/London",
        "manchester": "Europe/London", "kyiv": "Europe/Kyiv", "mumbai": "Asia/Kolkata", "delhi": "Asia/Kolkata",
        "new delhi": "Asia/Kolkata", "bangalore": "Asia/Kolkata", "pune": "Asia/Kolkata", "chennai": "Asia/Kolkata",
        "beijing": "Asia/Shanghai", "shenzhen": "Asia/Shanghai", "osaka": "Asia/Tokyo", "hanoi": "Asia/Bangkok",
        "abu dhabi": "Asia/Dubai", "tel aviv": "Asia/Jerusalem", "cape town": "Africa/Johannesburg",
        "rio": "America/Sao_Paulo", "canberra": "Australia/Sydney", "wellington": "Pacific/Auckland",
        "montreal": "America/Toronto", "ottawa": "America/Toronto",
    ]

    /// The zone of a city: the last part of an IANA name.
    static func city(_ name: String) -> String? { regions[name] ?? cities[name] }

    /// First parts of names whose last part is a region.
    private static let notCities: Set<Substring> = ["Etc", "SystemV", "US", "Brazil", "Canada", "Mexico", "Chile"]

    private static let cities: [String: String] = {
        var table: [String: String] = [:]
        for identifier in ZoneRules.allIdentifiers {
            let parts = identifier.split(separator: "/")
            guard parts.count > 1, !notCities.contains(parts[0]), let city = parts.last else { continue }
            let name = city.lowercased().replacing("_", with: " ")
            if parts[0] == "Australia", ["north", "south", "west", "act", "nsw"].contains(name) { continue }
            // Old links stay behind the names in use.
            if let known = table[name], known.count <= identifier.count { continue }
            table[name] = identifier
        }
        return table
    }()

    /// The person's own zone, if `abbreviation` can mean it: if its clock goes by that name at some time of the year.
    static func own(_ abbreviation: String, zone: String) -> String? {
        guard let rules = try? ZoneRules.named(zone) else { return nil }
        let names = [1, 7].map {
            rules.abbreviation(at: rules.instant(of: LocalDateTime(year: 2026, month: $0, day: 15)))
        }
        return names.contains(abbreviation.uppercased()) ? zone : nil
    }
}

/// Zones as a person names them in a setting.
package enum ZoneLookup {
    /// The IANA name for an IANA name, a city ("Lisbon") or an unambiguous abbreviation ("CET"); `nil` where it is none.
    package static func identifier(for words: String) -> String? {
        let name = words.trimmingCharacters(in: .whitespaces)
        if let rules = try? ZoneRules.named(name) { return rules.identifier }
        let key = name.lowercased()
        return ZoneNames.abbreviations[key] ?? ZoneNames.city(key)
    }
}
