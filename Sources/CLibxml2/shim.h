// libxml2's readers of HTML and XML, its trees and XPath. Some of its entries are macros or variables, which Swift
// does not see or takes for shared mutable state; each has a function here.
#ifndef ROTA_CLIBXML2_SHIM_H
#define ROTA_CLIBXML2_SHIM_H

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>

/// Takes an error and says nothing: libxml2 prints to standard error otherwise.
static inline void rota_xml_ignore(void *context, xmlErrorPtr error) {
    (void)context;
    (void)error;
}

/// A context for XPath that does at most `steps` operations and keeps its complaints to itself.
static inline xmlXPathContextPtr rota_xpath_context(xmlDocPtr document, unsigned long steps) {
    xmlXPathContextPtr context = xmlXPathNewContext(document);
    if (context != NULL) {
        context->opLimit = steps;
        context->error = (xmlStructuredErrorFunc)rota_xml_ignore;
    }
    return context;
}

/// `xmlFree` is a variable that holds a function.
static inline void rota_xml_free(xmlChar *text) { xmlFree(text); }

#endif
