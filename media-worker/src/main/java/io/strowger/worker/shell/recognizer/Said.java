package io.strowger.worker.shell.recognizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.strowger.worker.core.speech.SpeechRecognizer.Failure;
import io.strowger.worker.core.speech.SpeechRecognizer.Result;
import io.strowger.worker.core.speech.SpeechRecognizer.Word;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A frame that a recogniser sent.
sealed interface Said {
    record Partial(String text, Duration offset) implements Said {}

    record Final(Result result) implements Said {}

    record Error(Failure failure) implements Said {}

    record Ended() implements Said {}

    /// Of a kind that is not known here: of a later version.
    record Unknown() implements Said {}

    /// No frame.
    record Unreadable() implements Said {}

    double MOST_MS = 24 * 3_600_000.0;
    int MOST_DETAIL = 200;

    ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(20)
                                                    .build())
                                    .build())
                    .build();

    static Said read(String text) {
        JsonNode frame;
        try {
            frame = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return new Unreadable();
        }
        if (frame == null || !frame.path("kind").isTextual()) {
            return new Unreadable();
        }
        try {
            return switch (frame.path("kind").textValue()) {
                case "Partial" -> new Partial(text(frame), ms(frame, "offsetMs"));
                case "Result" -> new Final(result(frame));
                case "Error" ->
                        new Error(
                                new Failure(
                                        Refused.reason(frame.path("reason").asText("")),
                                        detail(frame)));
                case "Ended" -> new Ended();
                default -> new Unknown();
            };
        } catch (IllegalArgumentException e) {
            return new Unreadable();
        }
    }

    private static String detail(JsonNode frame) {
        String message = frame.path("message").asText("it gave no reason");
        return message.substring(0, Math.min(message.length(), MOST_DETAIL));
    }

    private static Result result(JsonNode frame) {
        List<Word> words = new ArrayList<>();
        for (JsonNode word : frame.path("words")) {
            words.add(new Word(text(word), ms(word, "offsetMs"), ms(word, "durationMs")));
        }
        return new Result(
                text(frame).strip(),
                number(frame, "confidence", 1),
                ms(frame, "offsetMs"),
                ms(frame, "durationMs"),
                words);
    }

    private static String text(JsonNode frame) {
        JsonNode text = frame.path("text");
        if (!text.isTextual()) {
            throw new IllegalArgumentException("no text");
        }
        return text.textValue();
    }

    private static Duration ms(JsonNode frame, String name) {
        double ms = number(frame, name, 0);
        if (!(ms >= 0 && ms <= MOST_MS)) {
            throw new IllegalArgumentException(name + " out of range");
        }
        return Duration.ofNanos(Math.round(ms * 10_000) * 100);
    }

    private static double number(JsonNode frame, String name, double otherwise) {
        JsonNode number = frame.path(name);
        if (number.isMissingNode() || number.isNull()) {
            return otherwise;
        }
        if (!number.isNumber()) {
            throw new IllegalArgumentException(name + " is no number");
        }
        return number.doubleValue();
    }
}
