/// Reads request bodies strictly and writes answers, in Azure's names.
@NullMarked
package io.strowger.gateway.shell.http.json;

import org.jspecify.annotations.NullMarked;
