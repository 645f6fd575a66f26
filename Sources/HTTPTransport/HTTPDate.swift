import CLibcurl
import Foundation

/// Dates of HTTP headers (RFC 9110, 5.6.7), in any of their three forms.
enum HTTPDate {
    /// `nil` where the text is no date.
    static func parse(_ text: String) -> Date? {
        let seconds = rota_curl_getdate(text, nil)
        return seconds < 0 ? nil : Date(timeIntervalSince1970: TimeInterval(seconds))
    }
}
