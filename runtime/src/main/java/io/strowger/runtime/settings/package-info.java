/// Settings: a commented default file, a YAML file over it, the environment over both; checked
/// before anything starts.
@NullMarked
package io.strowger.runtime.settings;

import org.jspecify.annotations.NullMarked;
