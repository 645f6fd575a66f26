import CronExpressions
import Testing

struct ExplanationTests {
    @Test(arguments: [
        ("0 9 * * 1-5", "Every weekday at 09:00"),
        ("*/15 9-17 * * 1-5", "Every 15 minutes from 09:00 to 17:45, Monday to Friday"),
        ("* * * * *", "Every minute"),
        ("*/30 * * * *", "Every 30 minutes"),
        ("0 * * * *", "Every hour"),
        ("30 */6 * * *", "Every 6 hours at minute 30"),
        ("0 9,17 * * *", "Every day at 09:00 and 17:00"),
        ("0 9 1,15 * *", "On the 1st and the 15th of every month at 09:00"),
        ("0 17 LW * *", "On the last working day of every month at 17:00"),
        ("0 9 15W * *", "On the working day nearest to the 15th of every month at 09:00"),
        ("0 9 L-3 * *", "On the day 3 days before the last day of every month at 09:00"),
        ("0 9 * * 5L", "On the last Friday of every month at 09:00"),
        ("0 9 * * TUE#2", "On the second Tuesday of every month at 09:00"),
        ("0 8,20 * * 1,4", "Every Monday and Thursday at 08:00 and 20:00"),
        ("0 9 25 12 *", "Every year on 25 December at 09:00"),
        ("0 9 1 */3 *", "On the 1st of January, April, July and October at 09:00"),
        ("0 0 13 * 5", "On the 13th of every month and every Friday at 00:00"),
        ("0 0 */2 * 1", "On every 2nd day from the 1st of every month if that is a Monday at 00:00"),
        ("0 9-17/2 * * *", "Every 2 hours from 09:00 to 17:00"),
        ("30 22-2 * * *", "Every hour from 22:30 to 02:30"),
        ("*/30 22-2 * * 6,0", "Every 30 minutes from 22:00 to 02:30, on Saturdays and Sundays"),
        ("*/23 * * * *", "Every hour at minutes 0, 23 and 46"),
        ("5,10 1-20 * * *", "Every hour at minutes 5 and 10, from 01:00 to 20:59"),
        ("39-55 1 * * *", "Every minute from 01:39 to 01:55"),
        ("0,8-12 * * * *", "Every hour at minutes 0 and 8 to 12"),
        (
            "1,2,3,4 6-12,14,16 * * *",
            "Every hour at minutes 1 to 4, during the hours of 06:00 to 12:00, 14:00 and 16:00"
        ),
        ("0 0 * 6-8 *", "Every day from June to August at 00:00"),
        ("*/5 9,13 * 3 2-4", "Every 5 minutes during the hours of 09:00 and 13:00, Tuesday to Thursday in March"),
        ("0 12 1-7 * *", "On the 1st to the 7th of every month at 12:00"),
        ("@weekly", "Every Sunday at 00:00"),
        ("@reboot", "When the scheduler starts"),
        ("* * * * * *", "Every second"),
        // Without the suffix it would count from the moment of creation.
        ("*/10 * * * * *", "Every 10 seconds, as the clock shows"),
        ("*/10 * * * * 1", "Every 10 seconds, on Mondays, as the clock shows"),
        ("30 0 9 * * 1-5", "Every weekday at 09:00:30"),
        ("15 * * * * *", "Every minute, at second 15 of that minute"),
        ("*/5 0 9 * * 1-5", "Every weekday at 09:00, every 5 seconds of that minute"),
        ("1-3,20-40 0 9 * * *", "Every day at 09:00, at seconds 1 to 3 and 20 to 40 of that minute"),
    ])
    func tellsWhatAnExpressionMeans(_ text: String, _ explanation: String) throws {
        #expect(try read(text).explanation == explanation)
    }

    private func read(_ text: String) throws -> CronExpression {
        try CronExpression(text, seconds: text.split(separator: " ").count == 6)
    }

    /// The rule of clock changes is said where the times alone would mean the other one.
    @Test(arguments: [
        ("0 0-23 * * *", "Every hour, at fixed times"),
        ("* 9 * * *", "Every minute from 09:00 to 09:59"),
        ("0-59 9 * * *", "Every minute from 09:00 to 09:59, at fixed times"),
        ("*/7 9 * * *", "Every 7 minutes from 09:00 to 09:56, as the clock shows"),
        ("*/25 9 * * *", "Every day at 09:00, 09:25 and 09:50, as the clock shows"),
        ("0 */5 * * *", "Every 5 hours from 00:00 to 20:00, as the clock shows"),
        ("0 0/2 * * *", "Every 2 hours from 00:00 to 22:00"),
        ("*/15 */2 * * *", "Every 2 hours at minutes 0, 15, 30 and 45"),
        ("*/5 9-17/2 * * *", "Every 5 minutes during every 2nd hour from 09:00 to 17:00"),
        ("1-59/2 * * * *", "Every hour at every 2nd minute from 1 to 59"),
        ("0,15,30,45 9-17 * * *", "Every hour at minutes 0, 15, 30 and 45, from 09:00 to 17:59"),
    ])
    func tellsTheRuleOfClockChanges(_ text: String, _ explanation: String) throws {
        #expect(try CronExpression(text).explanation == explanation)
    }

    /// Other ways of writing the same days are told in the same words.
    @Test(arguments: [
        ("0 9 1,1,15/30 * *", "On the 1st and the 15th of every month at 09:00"),
        ("0 9 */2 * 1", "On every 2nd day from the 1st of every month if that is a Monday at 09:00"),
        ("0 9 1/2 * */7,1", "On every 2nd day from the 1st of every month if that is a Monday or a Sunday at 09:00"),
        ("0 9 L-1 * *", "On the day before the last day of every month at 09:00"),
        ("0 9 5-5 12 *", "Every year on 5 December at 09:00"),
        ("0 9 * * 5#2,5#2", "On the second Friday of every month at 09:00"),
    ])
    func tellsDaysByWhatTheyAre(_ text: String, _ explanation: String) throws {
        #expect(try CronExpression(text).explanation == explanation)
    }

    @Test(arguments: [
        (["0 9 * * *", "30 17 * * *"], "Every day at 09:00 and 17:30"),
        (["30 17 * * 1-5", "0 9 * * 1-5"], "Every weekday at 09:00 and 17:30"),
        (["0 9 * * 1-5", "0 11 * * 6"], "Every weekday at 09:00, and every Saturday at 11:00"),
        (["* * * * * *", "0 9 * * 1"], "Every Monday at 09:00, and every second, as the clock shows"),
        (["*/10 9 * * *", "0 10 * * *"], "Every day at 10:00, and every 10 minutes from 09:00 to 09:50"),
    ])
    func tellsSeveralTogether(_ texts: [String], _ explanation: String) throws {
        #expect(CronExpression.explanation(of: try texts.map(read)) == explanation)
    }
}
