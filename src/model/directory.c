/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/directory.h"

#include <stddef.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/names.h"

/* clang-format off */
static const struct directory_entry entries[] = {
	{"AME", "Asociación de Municipalidades Ecuatorianas", SECTOR_PUBLIC},
	{"AN", "Asamblea Nacional", SECTOR_PUBLIC},
	{"CAEPS", NULL, SECTOR_PRIVATE},
	{"CEE", "Comité Empresarial Ecuatoriano", SECTOR_PRIVATE},
	{"CITEC", "Cámara de Innovación y Tecnología Ecuatoriana", SECTOR_PRIVATE},
	{"CJ", "Consejo de la Judicatura", SECTOR_PUBLIC},
	{"CNE", "Consejo Nacional Electoral", SECTOR_PUBLIC},
	{"CONAGOPARE", "Consejo Nacional de Gobiernos Parroquiales Rurales del Ecuador",
	 SECTOR_PUBLIC},
	{"CONGOPE", "Consorcio de Gobiernos Autónomos Provinciales del Ecuador", SECTOR_PUBLIC},
	{"CPCCS", "Consejo de Participación Ciudadana y Control Social", SECTOR_PUBLIC},
	{"DATALAT", "Fundación Datalat", SECTOR_CIVIL_SOCIETY},
	{"DINARP", "Dirección Nacional de Registros Públicos", SECTOR_PUBLIC},
	{"DPE", "Defensoría del Pueblo de Ecuador", SECTOR_PUBLIC},
	{"ESPAM", "Escuela Superior Politécnica Agropecuaria de Manabí", SECTOR_ACADEMIA},
	{"FCD", "Fundación Ciudadanía y Desarrollo", SECTOR_CIVIL_SOCIETY},
	{"FUNDAPI", "Fundación de Ayuda por Internet", SECTOR_CIVIL_SOCIETY},
	{"GN", "Grupo Núcleo", SECTOR_OTHER},
	{"IAEN", "Instituto de Altos Estudios Nacionales", SECTOR_ACADEMIA},
	{"INEC", "Instituto Nacional de Estadística y Censos", SECTOR_PUBLIC},
	{"MINTEL", "Ministerio de Telecomunicaciones y de la Sociedad de la Información",
	 SECTOR_PUBLIC},
	{"MMDH", "Ministerio de la Mujer y Derechos Humanos", SECTOR_PUBLIC},
	{"MPCEIP", "Ministerio de Producción, Comercio Exterior, Inversiones y Pesca",
	 SECTOR_PUBLIC},
	{"Presidencia", "Presidencia de la República del Ecuador", SECTOR_PUBLIC},
	{"REDAM", "Red Ecuatoriana de Datos Abiertos y Metadatos", SECTOR_CIVIL_SOCIETY},
	{"SNP", "Secretaría Nacional de Planificación", SECTOR_PUBLIC},
	{"UTPL", "Universidad Técnica Particular de Loja", SECTOR_ACADEMIA},
};
/* clang-format on */

const struct directory_entry *directory_find(const char *text)
{
	for (size_t i = 0; i < ARRAY_COUNT(entries); i++)
		if (utf8_equal_folded(entries[i].acronym, text) ||
		    (entries[i].name && utf8_equal_folded(entries[i].name, text)))
			return &entries[i];
	return NULL;
}

const struct directory_entry *directory_at(int i)
{
	return i >= 0 && (size_t)i < ARRAY_COUNT(entries) ? &entries[i] : NULL;
}
