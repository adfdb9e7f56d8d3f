package io.strowger.runtime.settings;

/// A setting that is unknown, unreadable or out of range. The message names the key, the value and
/// what is allowed; it is fit to be shown as it is.
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }
}
