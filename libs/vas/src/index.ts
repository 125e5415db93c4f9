export {
  INTERNET_SERVICE_ID,
  internetService,
  type InternetServiceConfig,
  type VasParameter,
  type VasParameterSet,
  type VasService,
} from './internet-service.ts';
export {
  selectServices,
  type SelectedService,
  type VasSelection,
  type VasSelectionResult,
} from './select-services.ts';
