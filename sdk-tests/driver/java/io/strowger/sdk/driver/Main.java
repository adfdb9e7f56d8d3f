package io.strowger.sdk.driver;

import com.azure.communication.callautomation.CallAutomationClientBuilder;
import java.nio.file.Path;
import java.util.Map;

/// Exercises the version of the SDK that is on the class path. `CONNECTION_STRING`, `PEOPLE` and
/// `RESULT` say where the platform, the people at the phones and the result are.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        String connectionString = environment.get("CONNECTION_STRING");
        Report report = new Report();
        boolean good;
        try (Application application = Application.open(report)) {
            Stage stage =
                    new Stage(
                            connectionString,
                            new CallAutomationClientBuilder()
                                    .connectionString(connectionString)
                                    .buildClient(),
                            new CallAutomationClientBuilder()
                                    .connectionString(connectionString)
                                    .buildAsyncClient(),
                            new People(environment.get("PEOPLE")),
                            application,
                            report);
            new OneCall(stage).tell();
            new Groups(stage).tell();
            new IncomingCalls(stage).tell();
            new Recordings(stage).tell();
            new Refusals(stage).tell();
            new Tokens(stage).tell();
            good = report.write(Path.of(environment.get("RESULT")), arguments[0]);
        }
        System.exit(good ? 0 : 1);
    }
}
