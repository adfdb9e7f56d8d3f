package io.strowger.acceptance;

import io.strowger.phone.Phone;
import io.strowger.phone.PhoneSettings;
import io.strowger.testsupport.WebhookReceiver;
import io.strowger.testsupport.WebhookReceiver.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The platform with phones behind trunks, a phone that registers, and an application that is told
/// of calls to its number.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PeopleStage {
    public static final String ANN = "+15550100001";
    public static final String BEN = "+25550100002";
    public static final String CLEO = "+35550100003";
    public static final String AWAY = "+55550100005";
    public static final String BUSY = "+45550100004";
    public static final String APPLICATION = "+15550199000";
    public static final String INCOMING = "/incoming";
    public Person ann;
    public Person ben;
    public Person cleo;
    public Person bob;
    private Phone busy;
    private Phone away;
    public Stage stage;

    /// Where the platform keeps what is its own, e.g. its certificate.
    public Path dataFolder;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        dataFolder = data;
        WebhookReceiver receiver = WebhookReceiver.start();
        receiver.answer(PeopleStage::confirm);
        ann = Person.atTrunk("ann", 440);
        ben = Person.atTrunk("ben", 660);
        cleo = Person.atTrunk("cleo", 880);
        busy = Phone.start(PhoneSettings.listening("127.0.0.1", 0).withReject(486));
        away = Phone.start(PhoneSettings.listening("127.0.0.1", 0).withAnswerAfter(null));
        stage =
                Stage.open(
                        data,
                        Map.of(
                                "+1", ann.phone.address(),
                                "+2", ben.phone.address(),
                                "+3", cleo.phone.address(),
                                "+4", busy.address(),
                                "+5", away.address()),
                        settings(receiver),
                        receiver);
        bob = Person.registered("bob", 1100, stage.platform().sipPort());
    }

    /// Settings that a subclass wants besides.
    protected Map<String, String> further() throws Exception {
        return Map.of();
    }

    private Map<String, String> settings(WebhookReceiver receiver) throws Exception {
        Map<String, String> settings =
                new HashMap<>(
                        Map.of(
                                "STROWGER_USERS",
                                PeerToPeerStoryIT.USERS,
                                "STROWGER_APPLICATIONS",
                                "[{name: clinic, incomingCallUrl: \""
                                        + receiver.uri(INCOMING)
                                        + "\"}]",
                                "STROWGER_NUMBERS",
                                "[{number: \"" + APPLICATION + "\", application: clinic}]",
                                "STROWGER_CALLS_INCOMINGRINGTIMEOUT",
                                "3s",
                                "STROWGER_MEDIA_TIMEOUTS_RTP",
                                "2s"));
        settings.putAll(further());
        return settings;
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
        List.of(ann, ben, cleo, bob).forEach(Person::close);
        busy.close();
        away.close();
    }

    /// A call whose audio or words go to a WebSocket server.
    ///
    /// @param path of the callbacks, which say `call` of its creation
    /// @param kind the member of the request that says where to
    /// @param options further members of it
    /// @return the connection's id
    protected String streamedCall(
            String path, String kind, URI server, String options, String... numbers)
            throws Exception {
        String targets =
                Arrays.stream(numbers)
                        .map(
                                "{\"kind\":\"phoneNumber\",\"phoneNumber\":{\"value\":\"%s\"}}"
                                        ::formatted)
                        .collect(Collectors.joining(","));
        return stage.request(
                        "POST",
                        "/calling/callConnections" + Stage.V2026,
                        """
                        {"targets":[%s],"sourceCallerIdNumber":{"value":"+15550100000"},
                         "callbackUri":"%s","operationContext":"call",
                         "%s":{"transportType":"websocket","transportUrl":"%s",%s}}\
                        """
                                .formatted(
                                        targets, stage.receiver.uri(path), kind, server, options),
                        201)
                .path("callConnectionId")
                .asText();
    }

    /// The handshake of a new subscriber.
    static Answer confirm(WebhookReceiver.Request request) {
        String mark = "\"validationCode\":\"";
        int at = request.body().indexOf(mark);
        if (at < 0) {
            return Answer.status(200);
        }
        String code = request.body().substring(at + mark.length(), at + mark.length() + 36);
        return new Answer(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"validationResponse\":\"" + code + "\"}");
    }
}
