package io.strowger.gateway.core.api;

import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The words for what a recording is to be, the same in both API lines. Letters of either case: the
/// SDKs differ.
public final class RecordingFields {
    private static final String AUDIO_ONLY = " Recordings are audio only: wav or mp3.";

    private RecordingFields() {}

    /// `recordingContentType`: absent means audio.
    public static void refuseVideo(Fields body) throws Refusal {
        String type = word(body, "recordingContentType");
        if (type == null || type.equals("audio")) {
            return;
        }
        if (type.equals("audiovideo")) {
            throw Refusal.invalid("Invalid recordingContentType: it must be audio." + AUDIO_ONLY);
        }
        throw body.invalid("recordingContentType", "must be audio");
    }

    /// `recordingChannelType`: absent means mixed.
    public static ChannelType channelType(Fields body) throws Refusal {
        String type = word(body, "recordingChannelType");
        return switch (type == null ? "mixed" : type) {
            case "mixed" -> ChannelType.MIXED;
            case "unmixed" -> ChannelType.UNMIXED;
            default -> throw body.invalid("recordingChannelType", "must be mixed or unmixed");
        };
    }

    /// `recordingFormatType`: absent means WAV.
    ///
    /// @param mp4AsWav whether mp4, the default of the 2021 line, means WAV, too
    public static FileFormat fileFormat(Fields body, ChannelType channels, boolean mp4AsWav)
            throws Refusal {
        String type = word(body, "recordingFormatType");
        FileFormat format =
                switch (type == null ? "wav" : type) {
                    case "wav" -> FileFormat.WAV;
                    case "mp3" -> FileFormat.MP3;
                    case "mp4" -> {
                        if (mp4AsWav) {
                            yield FileFormat.WAV;
                        }
                        throw Refusal.invalid(
                                "Invalid recordingFormatType: mp4 is for video." + AUDIO_ONLY);
                    }
                    default -> throw body.invalid("recordingFormatType", "must be wav or mp3");
                };
        if (format == FileFormat.MP3 && channels == ChannelType.UNMIXED) {
            throw body.invalid("recordingFormatType", "must be wav when the channels are unmixed");
        }
        return format;
    }

    private static @Nullable String word(Fields body, String name) throws Refusal {
        String text = body.text(name);
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
