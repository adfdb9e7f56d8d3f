package io.strowger.contracts.recording;

/// What a recording becomes. Always audio.
///
/// @param channelType who shares a channel
/// @param fileFormat of the finished file
public record RecordingFormat(ChannelType channelType, FileFormat fileFormat) {
    /// Channels that an unmixed recording has at most.
    public static final int MAX_CHANNELS = 5;

    /// Who shares a channel.
    public enum ChannelType {
        /// One channel with everybody and everything that was played to them.
        MIXED,
        /// A channel for each participant, what they said and nothing else.
        UNMIXED
    }

    /// How the file is encoded.
    public enum FileFormat {
        /// RIFF, 16-bit PCM.
        WAV,
        /// MPEG-1/2 layer III.
        MP3
    }
}
